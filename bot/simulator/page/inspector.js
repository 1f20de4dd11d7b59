// The raw traffic: every update that goes to the bot and every Bot API call it makes.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { InspectorRow } from "./row.js";

const ROWS_SHOWN = 500;
const KINDS = { all: "All", update: "Updates", call: "Calls", error: "Errors" };

export class Inspector {
  #rows = new Map();
  #waiting = [];
  #cleared = 0; // rows up to this id stay away after a reload of the state
  #paused = false;
  #kind = "all";
  #drawing = false;

  constructor(store) {
    this.store = store;
    this.search = h("input", { type: "search", placeholder: "Filter", "aria-label": "Filter rows", oninput: () => this.#filter() });
    this.kinds = h("div", { class: "kinds", role: "group", "aria-label": "Kind" }, Object.entries(KINDS).map(this.#kindButton));
    this.pause = h("button", { type: "button", class: "tool", onclick: () => this.#setPaused(!this.#paused) });
    const clear = h("button", { type: "button", class: "tool", title: "Clear", "aria-label": "Clear", onclick: () => this.#clear() }, icon("trash"));
    this.list = h("ol", { class: "rows", "aria-label": "Updates and calls", tabindex: "0" });
    this.note = h("p", { class: "no-rows" }, "Nothing yet: write to the bot and watch.");
    this.node = h(
      "aside",
      { class: "inspector", "aria-label": "Inspector" },
      h("header", { class: "inspector-head" }, h("h2", {}, "Inspector"), this.search, this.pause, clear),
      this.kinds,
      this.list,
      this.note,
    );
    this.#setPaused(false);
    store.on("reset", () => this.#reload());
    store.on("log", ({ row }) => this.#push(row));
    store.on("handled", ({ update_id }) => this.#markHandled(update_id));
  }

  #kindButton = ([kind, label]) =>
    h("button", { type: "button", "data-kind": kind, "aria-pressed": String(kind === this.#kind), onclick: () => this.#pickKind(kind) }, label);

  #pickKind(kind) {
    this.#kind = kind;
    for (const button of this.kinds.children) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    this.#filter();
  }

  #reload() {
    this.#rows.clear();
    this.list.replaceChildren();
    if ((this.store.log.at(-1)?.id ?? 0) < this.#cleared) this.#cleared = 0; // a new simulator counts anew
    this.#waiting = this.store.log.filter((row) => row.id > this.#cleared);
    this.#schedule();
  }

  #push(row) {
    this.#waiting.push(row);
    this.#schedule();
  }

  // Many rows may come at once: they are drawn together, once a frame.
  #schedule() {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => this.#draw(), 16);
  }

  #draw() {
    this.#drawing = false;
    this.#showPaused();
    if (this.#paused) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    for (const row of this.#waiting.splice(0).slice(-ROWS_SHOWN)) {
      const shown = new InspectorRow(row, this.store);
      this.#rows.set(row.id, shown);
      shown.node.hidden = !this.#matches(shown);
      this.list.append(shown.node);
    }
    while (this.#rows.size > ROWS_SHOWN) {
      const [id, oldest] = this.#rows.entries().next().value;
      oldest.node.remove();
      this.#rows.delete(id);
    }
    this.#showNote();
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  #markHandled(updateId) {
    for (const shown of this.#rows.values()) {
      if (shown.row.update_id === updateId) shown.showHandler();
    }
  }

  #matches(shown) {
    const { row } = shown;
    if (this.#kind === "error" ? !shown.failed : this.#kind !== "all" && row.kind !== this.#kind) return false;
    return shown.contains(this.search.value.trim().toLowerCase());
  }

  #filter() {
    for (const shown of this.#rows.values()) shown.node.hidden = !this.#matches(shown);
    this.#showNote();
  }

  #clear() {
    this.#cleared = this.store.log.at(-1)?.id ?? 0;
    this.#waiting = [];
    this.#rows.clear();
    this.list.replaceChildren();
    this.#showNote();
    this.#showPaused();
  }

  #setPaused(paused) {
    this.#paused = paused;
    this.#showPaused();
    this.#schedule();
  }

  #showPaused() {
    const label = this.#paused ? "Continue" : "Pause";
    const behind = this.#paused && this.#waiting.length > 0 && h("span", { class: "count" }, this.#waiting.length);
    this.pause.replaceChildren(icon(this.#paused ? "play" : "pause"), behind || "");
    this.pause.title = label;
    this.pause.setAttribute("aria-label", label);
  }

  #showNote() {
    const visible = [...this.#rows.values()].some((shown) => !shown.node.hidden);
    this.note.hidden = visible;
    this.note.textContent = this.#rows.size ? "No row matches the filter." : "Nothing yet: write to the bot and watch.";
  }
}
