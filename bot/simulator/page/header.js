// A column's head: which person you are here, and the chat she is looking at.

import { copy, h } from "./dom.js";
import { avatar, fullName } from "./format.js";
import { icon } from "./icons.js";
import { openMenu } from "./overlay.js";

export class Header {
  #typing = null;

  // `acts`: {menu(): items, pick(chatId), toast(text)}; `host` holds the menu.
  constructor(host, acts) {
    Object.assign(this, { host, acts });
    this.who = h("div", { class: "who" });
    this.menuButton = h(
      "button",
      { type: "button", class: "tool", "aria-label": "Chat menu", "aria-haspopup": "menu", onclick: () => this.#openMenu() },
      icon("menu"),
    );
    this.chats = h("div", { class: "chats" });
    this.node = h("header", { class: "head" }, h("div", { class: "owner" }, this.who, this.menuButton), this.chats);
  }

  render(person, bot, chats, chatId) {
    const name = fullName(person);
    const id = h(
      "button",
      { type: "button", class: "id", title: "Copy the ID", "aria-label": `Copy ID ${person.id}`, onclick: () => this.#copy(person.id) },
      `ID ${person.id}`,
    );
    this.who.replaceChildren(
      avatar(person.id, name),
      h(
        "div",
        { class: "who-text" },
        h("h2", {}, name, person.phone && h("small", {}, person.phone), person.blocked && h("span", { class: "flag" }, "bot blocked")),
        h("p", {}, person.username && h("span", {}, `@${person.username}`), id),
      ),
    );
    this.kind = chatId < 0 ? "group" : "bot";
    this.status = h("span", { class: "status", "aria-live": "polite" });
    this.chats.replaceChildren(...chats.map((chat) => this.#tab(chat, chat.id === chatId, bot, chats.length > 1)));
    this.setTyping(null);
  }

  setTyping(action) {
    clearTimeout(this.#typing);
    this.status.classList.toggle("typing", Boolean(action));
    this.status.textContent = action ? (ACTIONS[action] ?? "typing") : this.kind;
    // Telegram shows an action for five seconds unless it is renewed.
    if (action) this.#typing = setTimeout(() => this.setTyping(null), 5000);
  }

  #tab(chat, current, bot, several) {
    const title = chat.type === "private" ? (bot?.name ?? "Bot") : chat.title || "Group";
    const content = [avatar(chat.type === "private" ? bot?.id : chat.id, title, "small"), h("b", {}, title)];
    if (current) content.push(this.status);
    if (!several) return h("div", { class: "chat-title" }, content);
    return h(
      "button",
      { type: "button", class: "chat-title", "aria-pressed": String(current), onclick: () => this.acts.pick(chat.id) },
      content,
    );
  }

  #openMenu() {
    openMenu(this.menuButton, this.host, this.acts.menu(), "from-head");
  }

  async #copy(id) {
    await copy(String(id));
    this.acts.toast("Copied");
  }
}

const ACTIONS = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  record_video: "recording a video",
  upload_video: "sending a video",
  find_location: "finding a place",
  choose_sticker: "choosing a sticker",
};
