// The menu of scenarios.

import { make } from "./dom.js";

const GROUPS = [
  ["Documented", (one) => !one.invented && !one.name.startsWith("result-")],
  ["Invented", (one) => one.invented && !one.name.startsWith("result-")],
  ["Every value of result", (one) => one.name.startsWith("result-")],
];

/** Fill a select. The name comes first: typing it finds it. */
export function fillScenarios(select, scenarios) {
  const chosen = select.value;
  const groups = GROUPS.map(([label, belongs]) =>
    make(
      "optgroup",
      { label },
      ...scenarios.filter(belongs).map((one) =>
        make("option", {
          value: one.name,
          textContent: one.amount ? `${one.name} · ${one.amount}` : one.name,
        }),
      ),
    ),
  );
  select.replaceChildren(make("option", { value: "", textContent: "the default" }), ...groups);
  select.value = chosen;
}
