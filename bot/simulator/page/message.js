// One message as a bubble.

import { attachments } from "./attachments.js";
import { h } from "./dom.js";
import { clockTime, excerpt, fullName, toDate } from "./format.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./keyboards.js";
import { richText } from "./richtext.js";

// `view` is what the column lends: {isOwn(message), isGroup(), find(id), startEdit(message), taps}.
export function messageItem(message, view) {
  const own = view.isOwn(message);
  const bubble = h(
    "div",
    { class: bubbleClass(message) },
    view.isGroup() && !own && h("div", { class: "sender", "data-tint": Math.abs(message.from.id) % 7 }, fullName(message.from)),
    quote(message.reply_to, view),
    attachments(message),
    textPart(message, view.taps),
  );
  const editable = own && message.text !== null && message.text !== undefined;
  return h(
    "li",
    { class: `message ${own ? "out" : "in"}`, "data-id": message.message_id },
    h("div", { class: "stack" }, bubble, inlineKeyboard(message, view.taps)),
    editable &&
      h(
        "button",
        { type: "button", class: "edit", title: "Edit", "aria-label": "Edit message", onclick: () => view.startEdit(message) },
        icon("edit"),
      ),
  );
}

function bubbleClass(message) {
  const bare = !message.html && (message.photo || message.location);
  return `bubble${bare ? " bare" : ""}${message.photo ? " with-photo" : ""}`;
}

function textPart(message, taps) {
  const body = message.html ? richText(message.html, taps) : h("div", { class: "text time-only" });
  body.append(
    h(
      "span",
      { class: "meta" },
      message.edited && h("span", { class: "edited" }, "edited "),
      h("time", { datetime: toDate(message.date).toISOString() }, clockTime(message.date)),
    ),
  );
  return body;
}

function quote(replyTo, view) {
  if (replyTo === null || replyTo === undefined) return null;
  const original = typeof replyTo === "object" ? replyTo : view.find(replyTo);
  return h(
    "div",
    { class: "quote" },
    h("b", {}, original?.from ? fullName(original.from) : "Deleted message"),
    h("span", {}, excerpt(gist(original))),
  );
}

// A message in a few words.
export function gist(message) {
  if (!message) return "";
  if (message.text || message.caption) return message.text || message.caption;
  if (message.photo) return "Photo";
  if (message.document) return message.document.file_name;
  if (message.contact) return "Contact";
  return message.location ? "Location" : "";
}
