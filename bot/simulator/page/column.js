// One person's side: her chat with the bot, and everything she can do in it.

import { api } from "./api.js";
import { Attach } from "./attach.js";
import { Composer } from "./composer.js";
import { copy, h, safeUrl } from "./dom.js";
import { acceptDrops } from "./drops.js";
import { fullName } from "./format.js";
import { Header } from "./header.js";
import { MessageList } from "./messages.js";
import { ask, toast, toastBox } from "./overlay.js";

export class Column {
  // `onhide` takes the column off the stage.
  constructor(store, personId, onhide) {
    Object.assign(this, { store, personId, onhide });
    this.chatId = store.chatsOf(personId)[0]?.id ?? personId;
    const name = fullName(this.person);
    this.node = h("section", { class: "column", "aria-label": name, "data-person": personId });
    this.toasts = toastBox();
    this.header = new Header(this.node, { menu: () => this.#menu(), pick: (id) => this.#pick(id), toast: this.toast });
    this.list = new MessageList(`Messages of ${name}`);
    const attach = new Attach(this);
    this.composer = new Composer({
      attach,
      send: this.send,
      saveEdit: (message, text) => this.run(api.edit(personId, this.chatId, message.message_id, text)),
      lastOwn: () => [...this.chat.messages.values()].findLast((m) => this.view.isOwn(m) && m.text),
      commands: () => store.commands.get(personId) ?? [],
      unblock: () => this.run(api.unblock(personId)),
    });
    this.node.append(this.header.node, this.list.node, this.composer.node, this.toasts);
    acceptDrops(this.node, attach);
    this.refresh();
  }

  get person() {
    return this.store.people.get(this.personId);
  }

  get chat() {
    return this.store.chat(this.chatId);
  }

  toast = (text, options) => toast(this.toasts, text, options);

  // Shows the simulator's refusal of an action instead of losing it.
  run = (promise) => promise.catch((error) => this.toast(error.message, { error: true }));

  send = (text) => this.run(api.text(this.personId, this.chatId, text));

  view = {
    isOwn: (message) => message.from?.id === this.personId,
    find: (id) => this.chat.messages.get(id),
    startEdit: (message) => this.composer.startEdit(message),
    isGroup: () => this.chatId < 0,
    taps: {
      command: this.send,
      copy: async (text) => {
        await copy(text);
        this.toast("Copied");
      },
      open: (url) => this.#open(url),
      press: (message, button) =>
        this.run(api.press(this.personId, this.chatId, message.message_id, button.callback_data)),
      toast: this.toast,
    },
  };

  refresh() {
    if (!this.store.chats.has(this.chatId)) this.chatId = this.personId;
    this.#showPerson();
    this.list.show([...this.chat.messages.values()], this.view, this.#empty());
    this.composer.setMarkup(this.chat.reply_keyboard);
    this.header.setTyping(this.chat.typing || null);
  }

  // What a frame of this person or of the chat on show changes.
  take = {
    person: () => this.#showPerson(),
    message: ({ message }) => {
      if (!this.view.isOwn(message)) this.header.setTyping(null);
      this.list.add(message, this.view);
    },
    edited: ({ message }) => this.list.replace(message, this.view),
    deleted: ({ message_id }) => this.list.remove(message_id),
    typing: ({ action }) => this.header.setTyping(action),
    keyboard: ({ person_id, reply_keyboard }) => {
      if (person_id === this.personId) this.composer.setMarkup(reply_keyboard);
    },
    answer: (frame) => this.#answered(frame),
  };

  #showPerson() {
    this.header.render(this.person, this.store.bot, this.store.chatsOf(this.personId), this.chatId);
    this.composer.setBlocked(Boolean(this.person.blocked));
  }

  #empty() {
    const start = h("button", { type: "button", class: "start", onclick: () => this.send("/start") }, "Start");
    return h("div", { class: "welcome" }, h("p", {}, "No messages here yet."), !this.view.isGroup() && start);
  }

  #answered({ text, show_alert }) {
    if (!text) return;
    if (!show_alert) return this.toast(text);
    ask(this.node, { title: this.store.bot?.name ?? "Bot", text, cancel: null, role: "alertdialog" });
  }

  // A link to the bot itself starts it, as Telegram does; others open in a new tab.
  #open(url) {
    const own = url.hostname === "t.me" && url.pathname.slice(1).toLowerCase() === this.store.bot?.username?.toLowerCase();
    if (own) return this.send(["/start", url.searchParams.get("start")].filter(Boolean).join(" "));
    if (safeUrl(url.href)) window.open(url.href, "_blank", "noopener,noreferrer");
  }

  #pick(chatId) {
    this.chatId = chatId;
    this.composer.stopEdit();
    this.refresh();
  }

  #menu() {
    const blocked = this.person.blocked;
    const act = blocked ? api.unblock : api.block;
    return [
      { label: "Copy ID", icon: "copy", run: () => this.view.taps.copy(String(this.personId)) },
      { label: "Send /start", icon: "bolt", run: () => this.send("/start") },
      {
        label: blocked ? "Unblock bot" : "Block bot",
        icon: blocked ? "check" : "block",
        danger: !blocked,
        run: () => this.run(act(this.personId)),
      },
      { label: "Hide column", icon: "hide", run: this.onhide },
    ];
  }
}
