// webstomp-client over ws, with the sub-protocols that it offers in a browser.
import {readFileSync} from "node:fs";
import webstomp from "webstomp-client";
import {WebSocket} from "ws";
import {Inbox, run} from "./task.mjs";

const converse = (task, request, connectHeaders) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(task.url, webstomp.VERSIONS.supportedProtocols(), {
      ca: task.caFile ? readFileSync(task.caFile) : undefined,
    });
    socket.on("error", reject);
    // Its debug output, on unless it is told otherwise, is every frame: the license key as well.
    const client = webstomp.over(socket, {debug: false});
    const leave = () => {
      const stomp = client.version ?? "1.0"; // in STOMP 1.0 CONNECTED names no version
      socket.on("close", () => resolve({stomp, goodbye: "none", messages: inbox.messages}));
      client.disconnect();
    };
    const inbox = new Inbox(request, leave, reject);
    const begin = () => {
      // Without an id it makes one of the clock and a thousand random values: two may be the same.
      for (const [number, address] of request.subscribe.entries()) {
        client.subscribe(address, (message) => inbox.take(message), {id: `sub-${number}`});
      }
      client.send(request.destination, JSON.stringify(request.body), request.headers);
    };
    client.connect(connectHeaders, begin, (problem) =>
      reject(new Error(problem.headers?.message ?? `closed too early: ${problem.code}`)),
    );
  });

await run(converse);
