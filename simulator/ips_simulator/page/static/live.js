// The WebSocket to the simulator. It comes again by itself, and then begins with everything.

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4000;

export class Live {
  #socket = null;
  #pause = FIRST_PAUSE;
  #number = 0;
  #waiting = new Map();

  /** `take` gets every message; `tell` one of "connecting", "open" and "lost". */
  constructor(take, tell) {
    this.take = take;
    this.tell = tell;
    this.#open();
  }

  /** Wish for something; the promise is what came of it: null, or a sentence to show. */
  wish(what) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return Promise.resolve("The simulator cannot be reached.");
    }
    const id = ++this.#number;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ ...what, id }));
    return answer;
  }

  #open() {
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#pause = FIRST_PAUSE;
      this.tell("open");
    });
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(data)));
    socket.addEventListener("close", () => this.#lost());
  }

  #receive(message) {
    if (message.type !== "answer") {
      this.take(message);
      return;
    }
    this.#waiting.get(message.id)?.(message.ok ? null : message.message);
    this.#waiting.delete(message.id);
  }

  #lost() {
    this.tell("lost");
    for (const resolve of this.#waiting.values()) {
      resolve("The connection was lost; whether it was done is not known.");
    }
    this.#waiting.clear();
    setTimeout(() => this.#open(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}
