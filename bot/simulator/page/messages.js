// The list of one chat's messages: days, scrolling, and changes one by one.

import { h, leave } from "./dom.js";
import { dayName } from "./format.js";
import { icon } from "./icons.js";
import { messageItem } from "./message.js";

const NEAR = 80; // pixels from the end that still count as reading the newest

export class MessageList {
  #items = new Map();
  #unseen = 0;
  #following = true;
  #top = 0;

  constructor(label) {
    this.list = h("ol", { class: "messages", role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0" });
    this.count = h("span", { class: "count" });
    this.jump = h(
      "button",
      { type: "button", class: "jump", hidden: true, "aria-label": "Newest messages", onclick: () => this.toEnd() },
      icon("down"),
      this.count,
    );
    this.node = h("div", { class: "history" }, this.list, this.jump);
    this.list.addEventListener("scroll", () => this.#scrolled());
    // Pictures, the keyboard and the window's size change the height: stay at the end if we were there.
    const follow = () => this.#following && this.toEnd();
    new ResizeObserver(follow).observe(this.list);
    this.list.addEventListener("load", follow, true);
  }

  show(messages, view, empty) {
    this.#items.clear();
    this.list.replaceChildren();
    if (messages.length === 0) this.list.append(h("li", { class: "empty" }, empty));
    for (const message of messages) this.#append(message, view);
    this.toEnd();
  }

  add(message, view) {
    this.list.querySelector(".empty")?.remove();
    const follow = this.#following || view.isOwn(message);
    const item = this.#append(message, view);
    item.classList.add("arriving");
    if (follow) return this.toEnd();
    this.#unseen += 1;
    this.count.textContent = this.#unseen;
    this.jump.hidden = false;
  }

  replace(message, view) {
    const old = this.#items.get(message.message_id);
    if (!old) return;
    const item = messageItem(message, view);
    const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
    old.replaceWith(item);
    this.#items.set(message.message_id, item);
    // Whoever uses the keyboard stays at this message, though the pressed button may be gone.
    if (focused >= 0) ([...item.querySelectorAll("button")][focused] ?? this.list).focus({ preventScroll: true });
    if (this.#following) this.toEnd();
  }

  remove(messageId) {
    const item = this.#items.get(messageId);
    if (!item) return;
    this.#items.delete(messageId);
    item.inert = true;
    leave(item);
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#seen();
  }

  // Only the reader scrolls up; a picture that loads below the end does not count.
  #scrolled() {
    if (this.#atEnd()) this.#seen();
    else if (this.list.scrollTop < this.#top) this.#following = false;
    this.#top = this.list.scrollTop;
  }

  #append(message, view) {
    const day = dayName(message.date);
    if (day !== this.#lastDay()) {
      this.list.append(h("li", { class: "day", "data-day": day }, h("span", {}, day)));
    }
    const item = messageItem(message, view);
    this.#items.set(message.message_id, item);
    this.list.append(item);
    return item;
  }

  #lastDay() {
    return [...this.list.querySelectorAll(".day")].at(-1)?.dataset.day;
  }

  #atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  #seen() {
    this.#following = true;
    this.#unseen = 0;
    this.count.textContent = "";
    this.jump.hidden = true;
  }
}
