// The ledger: what was charged.

import { byId, make, words } from "./dom.js";

const MOST = 300;

export class Ledger {
  #rows = byId("ledger-rows");

  clear() {
    this.#rows.replaceChildren();
    this.#none();
  }

  /** Take further charges; the totals are of all, also of those that are no longer shown. */
  add(charges, totals) {
    if (charges.length > 0) this.#rows.querySelector(".empty")?.remove();
    this.#rows.prepend(...charges.map(row).reverse());
    while (this.#rows.children.length > MOST) this.#rows.lastElementChild.remove();
    if (totals) showTotals(totals);
  }

  #none() {
    const cell = make("td", { colSpan: 6, textContent: "Nothing was charged." });
    this.#rows.append(make("tr", { className: "empty" }, cell));
  }
}

function row(charge) {
  const number = make("th", { scope: "row", textContent: charge.number });
  const cell = (textContent, className = "") => make("td", { textContent, className });
  const kind = charge.offline ? `${words(charge.kind)}, offline` : words(charge.kind);
  return make(
    "tr",
    {},
    number,
    cell(kind, `kind ${charge.kind}`),
    cell(charge.amount, "number"),
    cell(charge.reference),
    cell(charge.paypoint),
    cell(charge.batch, "number"),
  );
}

function showTotals(totals) {
  const facts = [
    [`Sales (${totals.sales})`, totals.saleAmount],
    [`Refunds (${totals.refunds})`, totals.refundAmount],
    ["To be settled", totals.net],
  ];
  byId("ledger-totals").replaceChildren(
    ...facts.map(([name, value]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value })),
    ),
  );
}
