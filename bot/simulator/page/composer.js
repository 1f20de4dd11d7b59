// Where a person writes: text, editing, commands, attachments, and the reply keyboard below.

import { h, isPhone } from "./dom.js";
import { excerpt } from "./format.js";
import { icon } from "./icons.js";
import { hasButtons, replyKeyboard } from "./keyboards.js";
import { gist } from "./message.js";
import { SlashMenu } from "./slash.js";

export class Composer {
  #editing = null;
  #markup = null;

  // `acts`: {send(text), saveEdit(message, text), lastOwn(), commands(), attach, unblock()}.
  constructor(acts) {
    this.acts = acts;
    this.input = h("textarea", { rows: "1", placeholder: "Message", "aria-label": "Message", enterkeyhint: "send" });
    this.slash = new SlashMenu(this.input, acts.commands, (command) => this.#sendNow(command));
    this.commandsButton = tool("slash", "Commands", () => this.#toggleCommands());
    this.commandsButton.addEventListener("mousedown", (event) => event.preventDefault());
    this.keysButton = tool("keyboard", "Reply keyboard", () => this.#showKeys(this.keys.hidden));
    const attach = tool("clip", "Attach", () => acts.attach.openMenu(attach));
    attach.setAttribute("aria-haspopup", "menu");
    const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
    this.editBar = h("div", { class: "edit-bar", hidden: true });
    this.form = h(
      "form",
      { class: "line", onsubmit: (event) => (event.preventDefault(), this.#submit()) },
      this.commandsButton,
      this.input,
      this.keysButton,
      attach,
      send,
    );
    this.keys = h("div", { class: "keys", hidden: true });
    this.blockedBar = h("button", { type: "button", class: "unblock", onclick: acts.unblock, hidden: true }, "Unblock bot");
    this.node = h(
      "div",
      { class: "composer" },
      this.slash.node, this.editBar, this.form, this.keys, this.blockedBar, acts.attach.node,
    );
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => this.#fit());
    this.input.addEventListener("paste", (event) => this.#paste(event));
    this.setMarkup(null);
  }

  setBlocked(blocked) {
    this.blockedBar.hidden = !blocked;
    this.form.hidden = blocked;
    this.keys.hidden = blocked || !hasButtons(this.#markup);
  }

  // A reply keyboard, a forced reply, or nothing.
  setMarkup(markup) {
    this.#markup = markup;
    const usable = hasButtons(markup);
    this.input.placeholder = markup?.input_field_placeholder || "Message";
    this.keysButton.hidden = !usable;
    this.keys.replaceChildren(usable ? replyKeyboard(markup, (button) => this.#choose(button)) : "");
    this.#showKeys(usable && this.blockedBar.hidden);
  }

  startEdit(message) {
    this.#editing = message;
    const stop = h("button", { type: "button", class: "tool", "aria-label": "Cancel editing", onclick: () => this.stopEdit() });
    stop.append(icon("close"));
    const what = h("span", { class: "edit-what" }, h("b", {}, "Edit message"), h("span", {}, excerpt(gist(message))));
    this.editBar.replaceChildren(icon("edit"), what, stop);
    this.editBar.hidden = false;
    this.#write(message.text);
    this.input.focus();
  }

  stopEdit() {
    if (!this.#editing) return;
    this.#editing = null;
    this.editBar.hidden = true;
    this.#write("");
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const message = this.#editing;
    if (!message) return this.#sendNow(text);
    this.stopEdit();
    if (text !== message.text) this.acts.saveEdit(message, text);
  }

  #sendNow(text) {
    this.slash.close();
    this.#write("");
    this.acts.send(text);
  }

  #choose(button) {
    if (button.request_contact) this.acts.attach.sharePhone();
    else if (button.request_location) this.acts.attach.shareLocation();
    else this.acts.send(button.text);
    if (this.#markup?.one_time_keyboard) this.#showKeys(false);
  }

  #showKeys(show) {
    this.keys.hidden = !show;
    this.keysButton.setAttribute("aria-expanded", String(show));
  }

  #toggleCommands() {
    this.input.focus();
    if (this.slash.open) this.slash.close();
    else this.slash.show();
  }

  #key(event) {
    if (event.isComposing || this.slash.key(event)) return;
    const own = event.key === "ArrowUp" && !this.input.value && !this.#editing && this.acts.lastOwn();
    if (event.key === "Enter" && !event.shiftKey) this.#submit();
    else if (event.key === "Escape" && this.#editing) this.stopEdit();
    else if (own) this.startEdit(own);
    else return;
    event.preventDefault();
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.acts.attach.sendFiles(files, false);
  }

  #write(text) {
    this.input.value = text;
    this.#fit();
  }

  // Grows with what is written, to a third of the screen.
  #fit() {
    this.input.style.height = "auto";
    const most = isPhone() ? 140 : 200;
    this.input.style.height = `${Math.min(this.input.scrollHeight, most)}px`;
  }
}

const tool = (name, label, onclick) =>
  h("button", { type: "button", class: "tool", title: label, "aria-label": label, onclick }, icon(name));
