// The payment of a paypoint: how much, how far, and how it ended.

import { make, setText, words } from "./dom.js";

/** Show a payment in its section; null where there was none. */
export function showPayment(section, payment) {
  const find = (selector) => section.querySelector(selector);
  find(".none").hidden = payment !== null;
  find(".facts").hidden = payment === null;
  if (payment === null) return;
  const running = payment.result === null;
  setText(find(".amount"), payment.amount);
  const outcome = find(".outcome");
  setText(outcome, running ? "in progress" : words(payment.result));
  outcome.dataset.state = running ? "running" : payment.outcome;
  setText(find(".told"), `${payment.reference} · ${payment.scenario}`);
  find(".question").hidden = payment.question === null;
  setText(find(".question"), payment.question ? `The till is asked: ${words(payment.question)}` : "");
  showSteps(find(".steps"), payment.steps, running);
}

function showSteps(list, steps, running) {
  while (list.children.length > steps.length) list.lastElementChild.remove();
  steps.forEach((step, index) => {
    const item = list.children[index] ?? list.appendChild(make("li"));
    setText(item, step);
    if (running && index === steps.length - 1) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}
