// Small helpers. Text from the simulator becomes text, never markup.

/** Make an element: properties, then children that are elements or texts. */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Set a text where it differs, so that screen readers are told of changes only. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** `signature-verification` as people write it. */
export const words = (name) => name.replaceAll("-", " ");

/** Seconds since the simulator started. */
export const time = (seconds) => `${seconds.toFixed(3)} s`;
