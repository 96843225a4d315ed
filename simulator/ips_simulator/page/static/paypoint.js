// One paypoint: its PIN pad, what is played there, its payment and its receipts.

import { byId, make, setText, words } from "./dom.js";
import { showPayment } from "./payment.js";
import { fillScenarios } from "./scenarios.js";

const WAYS = new Set(["insert", "tap", "swipe", "key"]);
const template = byId("paypoint");

/** Key and name of each button, for the list of shortcuts. */
export const SHORTCUTS = [...template.content.querySelectorAll("[data-key]")].map((button) => [
  button.dataset.key,
  button.textContent,
]);

let made = 0;

export class PaypointCard {
  #scenarios = [];
  #faults = [];
  #state = null;

  /** `wish` asks the simulator for something, `say` shows a sentence. */
  constructor(id, { wish, say }) {
    this.id = id;
    this.wish = wish;
    this.say = say;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.element.querySelector(selector);
    this.#name(++made);
    this.#listen();
  }

  /** Give everything the names by which people who do not see it find it. */
  #name(number) {
    const name = (selector, id) => (this.find(selector).id = `${id}-${number}`);
    this.find("h3").textContent = this.id;
    this.element.setAttribute("aria-labelledby", name("h3", "title"));
    this.find(".pad").setAttribute("aria-label", `PIN pad of ${this.id}`);
    const hint = name(".hint", "hint");
    for (const button of this.find(".keys").children) {
      button.setAttribute("aria-describedby", hint);
      button.setAttribute("aria-keyshortcuts", button.dataset.key);
      const key = make("kbd", { textContent: button.dataset.key.toUpperCase() });
      key.setAttribute("aria-hidden", "true");
      button.append(key);
    }
    for (const radio of this.element.querySelectorAll("[type=radio]")) radio.name = `mode-${number}`;
    for (const part of ["scenario", "fault", "when"]) {
      this.find(`.${part}-label`).htmlFor = name(`.${part}`, part);
    }
    this.find(".scenario").setAttribute("aria-describedby", name(".about", "about"));
    this.find(".fault").setAttribute("aria-describedby", name(".fault-about", "fault-about"));
    this.find(".roll").setAttribute("aria-label", `Receipts of ${this.id}`);
  }

  #listen() {
    const pad = this.find(".pad");
    pad.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) this.#press(button);
    });
    pad.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const key = event.key.toLowerCase();
      const button = pad.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (button) {
        event.preventDefault();
        this.#press(button);
      }
    });
    for (const radio of this.element.querySelectorAll("[type=radio]")) {
      radio.addEventListener("change", () => this.#ask({ do: "mode", mode: radio.value }));
    }
    const scenario = this.find(".scenario");
    scenario.addEventListener("change", () =>
      this.#ask({ do: "choose", scenario: scenario.value }),
    );
    const fault = this.find(".fault");
    fault.addEventListener("change", () => this.#showFault());
    this.find(".inject").addEventListener("click", () =>
      this.#ask({ do: "inject", kind: fault.value, at: this.find(".when").value }),
    );
  }

  #press(button) {
    const what = button.dataset.can;
    if (button.getAttribute("aria-disabled") === "true") {
      this.say(this.find(".hint").textContent);
    } else {
      this.#ask(WAYS.has(what) ? { do: "present", way: what } : { do: what });
    }
  }

  /** What cannot be done is put back to what is. */
  async #ask(what) {
    if (!(await this.wish({ ...what, paypoint: this.id })) && this.#state) this.update(this.#state);
  }

  /** The scenarios and faults that there are. */
  setMenus({ scenarios, faults, points }) {
    this.#scenarios = scenarios;
    this.#faults = faults;
    const option = (value, textContent) => make("option", { value, textContent });
    fillScenarios(this.find(".scenario"), scenarios);
    this.find(".fault").replaceChildren(...faults.map(({ kind }) => option(kind, words(kind))));
    this.find(".when").replaceChildren(
      option("", "now"),
      ...points.map(({ point, about }) => option(point, about)),
    );
    this.#showFault();
  }

  #showFault() {
    const kind = this.find(".fault").value;
    const fault = this.#faults.find((one) => one.kind === kind);
    setText(this.find(".fault-about"), fault?.about ?? "");
    this.find(".when").options[0].textContent = fault?.next ? "the next message" : "now";
  }

  /** Show what the simulator tells of this paypoint. */
  update(state) {
    this.#state = state;
    setText(this.find(".display"), state.display);
    setText(this.find(".hint"), hint(state));
    this.find(".pad").classList.toggle("asks", state.can.length > 0);
    for (const button of this.find(".keys").children) {
      const can = state.can.includes(button.dataset.can);
      button.setAttribute("aria-disabled", String(!can));
    }
    for (const radio of this.element.querySelectorAll("[type=radio]")) {
      radio.checked = radio.value === state.mode;
    }
    const tills = `${state.clients} ${state.clients === 1 ? "till" : "tills"} connected`;
    setText(this.find(".clients"), state.clients ? tills : "no till connected");
    this.find(".clients").dataset.state = state.clients ? "open" : "idle";
    this.#showScenario(state.scenario);
    showPayment(this.find(".payment"), state.payment);
    this.#showReceipts(state.receipts);
  }

  #showScenario(name) {
    const select = this.find(".scenario");
    if (![...select.options].some((option) => option.value === name)) {
      select.append(make("option", { value: name, textContent: name }));
    }
    select.value = name;
    const scenario = this.#scenarios.find((one) => one.name === name);
    const parts = scenario
      ? [
          `${scenario.title}.`,
          scenario.about,
          scenario.invented ? "Invented: no source tells it." : "",
          scenario.amount ? `An amount of ${scenario.amount} plays it, too.` : "",
        ]
      : [name ? "" : "As the simulator was started."];
    setText(this.find(".about"), parts.filter(Boolean).join(" "));
  }

  #showReceipts(receipts) {
    const roll = this.find(".roll");
    this.find(".paper .none").hidden = receipts.length > 0;
    roll.hidden = receipts.length === 0;
    const shown = new Map([...roll.children].map((strip) => [strip.dataset.number, strip]));
    const strips = receipts.toReversed().map((receipt) => {
      const known = shown.get(String(receipt.number));
      if (known) return known;
      const strip = make(
        "figure",
        { className: "receipt" },
        make("figcaption", { textContent: `${receipt.type} copy` }),
        make("pre", { textContent: receipt.text }),
      );
      strip.dataset.number = receipt.number;
      return strip;
    });
    if (strips.some((strip, index) => roll.children[index] !== strip)) {
      roll.replaceChildren(...strips);
    }
  }
}

/** What the pad waits for, or why its buttons do nothing now. */
function hint(state) {
  const running = state.payment !== null && !state.payment.result;
  switch (state.wants) {
    case "card":
      return "The pad waits for a card.";
    case "pin":
      return state.can.includes("remove")
        ? "The pad waits for the PIN. To take the card out now is too soon."
        : "The pad waits for the PIN.";
    case "signature":
      return "The pad waits for the signature.";
    case "removal":
      return "The pad waits until the card is taken out.";
  }
  if (state.mode === "automatic") return "The scenario uses the pad. Let yourself use it below.";
  if (running && state.payment.question) return "The till is asked something; the pad waits.";
  return running ? "The payment goes on without the pad." : "The pad waits for nothing: start a payment at a till.";
}
