// @stomp/stompjs over ws, as its documentation uses it under Node.
import {readFileSync} from "node:fs";
import {Client, Versions} from "@stomp/stompjs";
import {WebSocket} from "ws";
import {Inbox, run} from "./task.mjs";

const converse = (task, request, connectHeaders) =>
  new Promise((resolve, reject) => {
    let goodbye = "none";
    let stomp;
    const leave = async () => {
      client.onWebSocketClose = () => {};
      await client.deactivate();
      resolve({stomp, goodbye, messages: inbox.messages});
    };
    // What a callback throws is printed and forgotten: failures have to be carried by hand.
    const inbox = new Inbox(request, leave, reject);
    const client = new Client({
      connectHeaders,
      reconnectDelay: task.reconnectDelay, // 5 s by default; 0 is never, see the tests
      webSocketFactory: () =>
        new WebSocket(task.url, Versions.default.protocolVersions(), {
          ca: task.caFile ? readFileSync(task.caFile) : undefined,
        }),
      onStompError: (frame) => reject(new Error(`ERROR: ${frame.headers.message}`)),
      onWebSocketError: (event) => reject(event.error),
      onWebSocketClose: (event) =>
        task.reconnectDelay || reject(new Error(`closed too early: ${event.code}`)),
      onDisconnect: () => (goodbye = "receipt"),
      onConnect: () => {
        stomp = client.connectedVersion;
        for (const address of request.subscribe) {
          client.subscribe(address, (message) => inbox.take(message));
        }
        const {destination, headers, body} = request;
        client.publish({destination, headers, body: JSON.stringify(body)});
      },
    });
    client.activate();
  });

await run(converse);
