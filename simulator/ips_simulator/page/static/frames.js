// The stream of STOMP frames, newest first.

import { byId, make, setText, time } from "./dom.js";

const MOST = 300;

export class Frames {
  #all = [];
  #fresh = 0;
  #paused = false;
  #list = byId("frames-list");
  #filter = byId("frames-paypoint");
  #pause = byId("frames-pause");

  constructor() {
    this.#filter.addEventListener("change", () => this.#showAgain());
    this.#pause.addEventListener("click", () => {
      this.#paused = !this.#paused;
      this.#pause.setAttribute("aria-pressed", String(this.#paused));
      this.#showAgain();
    });
    this.#tell();
  }

  /** Forget all frames, and paypoints that are not known. */
  clear(known) {
    this.#all = [];
    this.#list.replaceChildren();
    for (const option of [...this.#filter.options]) {
      if (option.value && !known.has(option.value)) option.remove();
    }
    this.#tell();
  }

  addPaypoint(id) {
    if (![...this.#filter.options].some((option) => option.value === id)) {
      this.#filter.append(make("option", { value: id, textContent: id }));
    }
  }

  /** Take further frames, oldest first. */
  add(frames) {
    if (frames.length === 0) return;
    this.#all.push(...frames);
    this.#all.splice(0, this.#all.length - MOST);
    if (this.#paused) {
      this.#fresh += frames.length;
    } else {
      this.#list.prepend(...frames.filter((one) => this.#fits(one)).map(line).reverse());
      while (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
    }
    this.#tell();
  }

  #fits(frame) {
    return this.#filter.value === "" || frame.paypoint === this.#filter.value;
  }

  #showAgain() {
    if (!this.#paused) this.#fresh = 0;
    this.#list.replaceChildren(
      ...this.#all.filter((one) => this.#fits(one)).map(line).reverse(),
    );
    this.#tell();
  }

  #tell() {
    const state = byId("frames-state");
    const none = this.#list.children.length === 0 ? "None so far." : "";
    setText(state, this.#paused ? `Paused; ${this.#fresh} more have come.` : none);
  }
}

function line(frame) {
  const target = frame.headers.find(([name]) => name === "destination")?.[1] ?? "";
  const inward = frame.direction === "in";
  const arrow = make("span", { className: "arrow", textContent: inward ? "→" : "←" });
  arrow.setAttribute("aria-hidden", "true");
  const summary = make(
    "summary",
    {},
    arrow,
    make("span", { className: "way", textContent: inward ? "in" : "out" }),
    make("span", { className: "command", textContent: frame.command }),
    make("span", { className: "target", textContent: target }),
    make("span", { className: "where", textContent: `${frame.paypoint} #${frame.connection}` }),
    make("span", { className: "time", textContent: time(frame.at) }),
  );
  if (frame.fault) summary.append(make("span", { className: "flag", textContent: frame.fault }));
  const details = make("details", {}, summary);
  // Made when it is first wanted: most frames are never opened.
  details.addEventListener("toggle", () => details.append(...content(frame)), { once: true });
  const item = make("li", { className: inward ? "in" : "out" }, details);
  return item;
}

function content(frame) {
  const list = make("dl", { className: "headers" });
  for (const [name, value] of frame.headers) {
    list.append(
      make("dt", { textContent: name }),
      make("dd", { textContent: value === "…" ? "… (not shown)" : value }),
    );
  }
  const body = make("pre", { className: "body", tabIndex: 0, textContent: pretty(frame) });
  body.setAttribute("role", "region");
  body.setAttribute("aria-label", `Body of ${frame.command}, ${frame.size} octets`);
  return frame.size > 0 ? [list, body] : [list];
}

/** The message with line breaks; as it came where it is no JSON. */
function pretty({ body, size }) {
  if (body === null) return `… (${size} octets, not shown)`;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
