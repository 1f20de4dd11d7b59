// One row of the inspector: what happened in a line, the whole JSON when opened.

import { h } from "./dom.js";
import { clockTime, excerpt, fullName } from "./format.js";
import { summary } from "./summary.js";

export class InspectorRow {
  constructor(row, store) {
    Object.assign(this, { row, store });
    this.failed = row.kind === "call" && row.status >= 400;
    this.badge = h("span", { class: "handler", hidden: true });
    this.head = h("button", { type: "button", class: "row-head", "aria-expanded": "false", onclick: () => this.#toggle() });
    const update = row.kind === "update";
    const { who, text } = summary(row);
    this.head.append(
      h("span", { class: "arrow", title: update ? "Update to the bot" : "Call by the bot" }, update ? "⬇" : "⬆"),
      h("span", { class: "row-title" }, row.title),
      h("span", { class: "row-who" }, this.#name(who)),
      h("span", { class: "row-time" }, this.#cost(), clockTime(row.at, true)),
      h("span", { class: "row-text" }, excerpt(text, 160)),
      this.badge,
    );
    this.node = h("li", { class: `row-item ${row.kind}${this.failed ? " failed" : ""}` }, this.head);
    this.showHandler();
  }

  // Who took the update; told by the bot's log, often a moment later.
  showHandler() {
    const handled = this.store.handled.get(this.row.update_id);
    if (!handled || this.row.kind !== "update") return;
    const name = [handled.router, handled.handler].filter(Boolean).join(".") || "no handler";
    const outcome = handled.outcome ? ` → ${handled.outcome}` : "";
    this.badge.textContent = name + outcome;
    this.badge.title = [handled.ms != null && `${handled.ms} ms`, states(handled)].filter(Boolean).join(", ");
    this.badge.classList.toggle("bad", /error|fail|crash/i.test(handled.outcome ?? ""));
    this.badge.hidden = false;
    this.handled = handled;
    this.words = null;
  }

  contains(words) {
    if (!words) return true;
    this.words ??= `${this.row.title} ${this.head.textContent} ${JSON.stringify(this.row.body)}`.toLowerCase();
    return words.split(/\s+/).every((word) => this.words.includes(word));
  }

  #name(id) {
    return this.store.people.has(id) ? fullName(this.store.people.get(id)) : (id ?? "");
  }

  #cost() {
    if (this.row.kind === "update") return null;
    const ms = this.row.ms == null ? "" : ` · ${Math.round(this.row.ms * 10) / 10} ms`;
    return h("span", { class: "cost" }, `${this.row.status ?? "…"}${ms}`);
  }

  #toggle() {
    const open = this.node.classList.toggle("open");
    this.head.setAttribute("aria-expanded", String(open));
    if (!open) return this.node.lastChild.remove();
    const whole = { ...(this.row.update_id && { update_id: this.row.update_id }), ...this.row.body };
    const shown = this.handled ? { ...whole, handled: this.handled } : whole;
    this.node.append(h("pre", { class: "json", tabindex: "0" }, ...coloured(JSON.stringify(shown, null, 2))));
    this.node.scrollIntoView({ block: "nearest" });
  }
}

const states = ({ state_before, state_after }) =>
  (state_before || state_after) && `state ${state_before ?? "none"} → ${state_after ?? "none"}`;

const TOKEN = /("(?:\\.|[^"\\])*"(?:\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/i;

// JSON as coloured text nodes.
function coloured(json) {
  return json.split(TOKEN).map((part, index) => {
    if (index % 2 === 0) return part;
    const kind = part.endsWith(":") ? "key" : part.startsWith('"') ? "string" : "literal";
    return h("span", { class: kind }, part);
  });
}
