// The page: takes what the simulator tells, and hands it to the parts that show it.

import { byId, make, setText } from "./dom.js";
import { Frames } from "./frames.js";
import { Ledger } from "./ledger.js";
import { Live } from "./live.js";
import { Notices } from "./notices.js";
import { PaypointCard, SHORTCUTS } from "./paypoint.js";

const STATES = {
  connecting: "Connecting…",
  open: "Connected",
  lost: "Not connected; trying again…",
};

const cards = new Map();
const frames = new Frames();
const ledger = new Ledger();
const notices = new Notices();
let menus = { scenarios: [], faults: [], points: [] };
let hiding = 0;

const live = new Live(take, (state) => {
  byId("link").dataset.state = state;
  setText(byId("link"), STATES[state]);
});

/** Show a sentence for a while. */
function say(sentence) {
  const toast = byId("answer");
  toast.textContent = sentence;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.textContent = ""), 8000);
}

async function wish(what) {
  const sentence = await live.wish(what);
  if (sentence !== null) say(sentence);
  return sentence === null;
}

function take(message) {
  const whole = message.type === "snapshot";
  if (whole) begin(message);
  for (const state of message.paypoints) cardOf(state.id).update(state);
  frames.add(message.frames);
  ledger.add(message.charges, message.totals);
  notices.add(message.notices);
}

/** Forget what was shown. Cards stay where they are: somebody may have the focus there. */
function begin(snapshot) {
  menus = snapshot;
  const known = new Set(snapshot.paypoints.map((state) => state.id));
  for (const [id, card] of cards) {
    if (known.has(id)) {
      card.setMenus(menus);
    } else {
      card.element.remove();
      cards.delete(id);
    }
  }
  frames.clear(known);
  ledger.clear();
  notices.clear();
}

function cardOf(id) {
  let card = cards.get(id);
  if (!card) {
    card = new PaypointCard(id, { wish, say });
    card.setMenus(menus);
    cards.set(id, card);
    byId("paypoints").append(card.element);
    frames.addPaypoint(id);
  }
  return card;
}

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = byId("add-id");
  const id = input.value.trim();
  if (id === "") {
    say("Write the id of a paypoint first.");
    input.focus();
  } else if (await wish({ do: "show", paypoint: id })) {
    input.value = "";
  }
});

for (const [key, name] of SHORTCUTS) {
  byId("shortcuts").append(make("li", {}, make("kbd", { textContent: key.toUpperCase() }), name));
}
