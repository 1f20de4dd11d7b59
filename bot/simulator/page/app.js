// Puts the page together: columns side by side, the inspector, and what goes where when a frame comes.

import { Column } from "./column.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { Inspector } from "./inspector.js";
import { Live } from "./live.js";
import { toast, toastBox } from "./overlay.js";
import { PeopleBar } from "./people.js";
import { Store } from "./store.js";
import { Views } from "./views.js";
import { themeButton } from "./theme.js";

const store = new Store();
const columns = new Map();
const stage = document.getElementById("stage");
const strip = document.getElementById("strip");
const toasts = toastBox();
const inspector = new Inspector(store);
const views = new Views(columns, inspector, () => {
  people.update();
  inspectorButton.setAttribute("aria-pressed", String(views.isShown("inspector")));
});
const people = new PeopleBar(document.getElementById("people"), {
  choose: (personId) => views.choose(personId),
  isShown: (personId) => views.isShown(personId),
  added: (person) => views.show(person.id),
  failed: (error) => toast(toasts, error.message, { error: true }),
});
const inspectorButton = h(
  "button",
  { type: "button", class: "chip inspector-chip", onclick: () => views.choose("inspector") },
  icon("panel"),
  h("span", {}, "Inspector"),
);

document.getElementById("tools").append(inspectorButton, themeButton());
document.body.append(toasts);
stage.replaceChildren(h("div", { class: "columns", id: "columns" }), inspector.node);

function addColumns() {
  for (const person of store.people.values()) {
    if (columns.has(person.id)) continue;
    const column = new Column(store, person.id, () => views.choose(person.id));
    columns.set(person.id, column);
    document.getElementById("columns").append(column.node);
  }
  people.render(store.people.values());
  views.update();
}

store.on("reset", () => {
  document.getElementById("bot-name").textContent = store.bot?.name ?? "Simulator";
  document.title = `${store.bot?.name ?? "Telegram"} · simulator`;
  for (const [id, column] of columns) {
    if (store.people.has(id)) continue;
    column.node.remove();
    columns.delete(id);
  }
  for (const column of columns.values()) column.refresh();
  people.keep(store.people);
  addColumns();
});

store.on("person", (frame) => {
  columns.get(frame.person.id)?.take.person(frame);
  addColumns();
});

store.on("answer", (frame) => columns.get(frame.person_id)?.take.answer(frame));

for (const type of ["message", "edited", "deleted", "typing", "keyboard"]) {
  store.on(type, (frame) => {
    for (const column of columns.values()) {
      if (column.chatId === frame.chat_id) column.take[type](frame);
      if (type === "message" && column.chatId === frame.chat_id) people.arrived(column.personId);
    }
  });
}

store.on("online", (online) => {
  strip.hidden = online;
  strip.textContent = online ? "" : "Reconnecting…";
  document.body.classList.toggle("offline", !online);
});

new Live(store).start();
