// What was refused, and which faults were made to happen.

import { byId, make, time } from "./dom.js";

const MOST = 30;

export class Notices {
  #list = byId("notices-list");

  clear() {
    this.#list.replaceChildren();
    byId("notices-none").hidden = false;
  }

  add(notices) {
    if (notices.length === 0) return;
    byId("notices-none").hidden = true;
    const items = notices.map(({ at, text }) =>
      make("li", {}, make("span", { className: "time", textContent: time(at) }), text),
    );
    this.#list.prepend(...items.reverse());
    while (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
  }
}
