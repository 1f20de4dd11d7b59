// Inline keyboards under a message and reply keyboards under the composer.

import { copy, h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";

// The server's shape is a list of rows; Telegram's own object is understood too.
const rowsOf = (markup) => (Array.isArray(markup) ? markup : (markup?.keyboard ?? markup?.inline_keyboard ?? []));

// How a press is carried out: {press(message, button), open(url), toast(text)}.
export function inlineKeyboard(message, taps) {
  const rows = rowsOf(message.inline_keyboard);
  if (!rows.length) return null;
  return h(
    "div",
    { class: "inline", role: "group", "aria-label": "Buttons" },
    rows.map((row) => h("div", { class: "row" }, row.map((button) => inlineButton(message, button, taps)))),
  );
}

function inlineButton(message, button, taps) {
  const attrs = { type: "button", "data-style": button.style };
  if (button.url !== undefined) {
    const url = safeUrl(button.url);
    attrs.disabled = !url;
    attrs.title = button.url;
    return h("button", { ...attrs, onclick: () => taps.open(url) }, button.text, h("span", { class: "corner", "aria-hidden": "true" }, "↗"));
  }
  if (button.copy_text !== undefined) {
    const text = button.copy_text?.text ?? button.copy_text;
    const run = async () => {
      await copy(text);
      taps.toast("Copied");
    };
    return h("button", { ...attrs, title: "Copies a text", onclick: run }, button.text, h("span", { class: "corner" }, icon("copy")));
  }
  // Until the bot answers, a pressed button shimmers and takes no second press.
  const waiting = button.pending && { class: "pending", "aria-busy": "true" };
  const press = () => button.pending || taps.press(message, button);
  return h("button", { ...attrs, ...waiting, title: button.callback_data, onclick: press }, button.text);
}

export const hasButtons = (markup) => rowsOf(markup).length > 0;

export function replyKeyboard(markup, choose) {
  return h(
    "div",
    { class: "reply-keys", role: "group", "aria-label": "Reply keyboard" },
    rowsOf(markup).map((row) =>
      h(
        "div",
        { class: "row" },
        row.map((key) => {
          const button = typeof key === "string" ? { text: key } : key;
          return h("button", { type: "button", "data-style": button.style, onclick: () => choose(button) }, button.text);
        }),
      ),
    ),
  );
}
