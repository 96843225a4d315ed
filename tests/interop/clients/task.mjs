// What every JavaScript client does here: register, then take a sale with the key it was given.
//
// The task comes as JSON on standard input, so that no code and no key stands on a command line.
// One line of JSON goes out: what was seen of the sale. Anything else is an error, on stderr.
import {readFileSync} from "node:fs";
import process from "node:process";

/**
 * @param converse `(task, request, connectHeaders) => Promise<{stomp, goodbye, messages}>`: one
 *   connection of its own, one request, and all that comes until the destination `request.until`.
 */
export async function run(converse) {
  try {
    const task = JSON.parse(readFileSync(0, "utf8"));
    const registration = await converse(task, task.registration, {});
    const key = registration.messages.at(-1).body.pointOfSaleLicenseKey;
    if (!key) throw new Error("the registration delivered no license key");
    const sale = await converse(task, task.sale, {[task.keyHeader]: key});
    console.log(JSON.stringify(sale));
  } catch (error) {
    console.error(error);
    process.exit(1); // a connection that is open would keep Node running
  }
}

/** Collects messages; calls `leave` after the last, or `fail` when the service refuses. */
export class Inbox {
  messages = [];

  constructor(request, leave, fail) {
    this.request = request;
    this.leave = leave;
    this.fail = fail;
  }

  take({headers, body}) {
    const {destination} = headers;
    const correlation = headers[this.request.correlationHeader];
    this.messages.push({destination, correlation, body: JSON.parse(body)});
    if (destination === this.request.until) this.leave();
    if (destination === this.request.error) this.fail(new Error(`refused: ${body}`));
  }
}
