// Dialogs over one column or over the whole page, small menus, and toasts.

import { h, leave } from "./dom.js";
import { icon } from "./icons.js";

// Lays a box over the host; what lies under it cannot be reached until it is closed.
export function overlay(host, box, { onclose, className = "" } = {}) {
  const before = document.activeElement;
  // An alert in one column must not take the keyboard from someone who writes in another.
  const mayFocus = host === document.body || before === document.body || host.contains(before);
  const others = [...host.children].filter((node) => !node.inert && !node.classList.contains("toasts"));
  const layer = h("div", { class: `overlay ${className}` }, box);
  function close(value = null) {
    for (const node of others) node.inert = false;
    layer.remove();
    if (mayFocus) before.focus({ preventScroll: true });
    onclose?.(value);
  }
  layer.addEventListener("click", (event) => event.target === layer && close());
  layer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  for (const node of others) node.inert = true;
  host.append(layer);
  if (mayFocus) (layer.querySelector("[data-first]") ?? layer.querySelector("button, input")).focus({ preventScroll: true });
  return close;
}

// Asks something; resolves to the form's values, or to null when the person turns away.
export function ask(host, { title, text, fields = [], ok = "OK", cancel = "Cancel", role = "dialog" }) {
  return new Promise((resolve) => {
    const id = `sheet-${Math.random().toString(36).slice(2)}`;
    const buttons = [
      cancel && h("button", { type: "button", class: "flat", onclick: () => close(null) }, cancel),
      h("button", { type: "submit", class: "flat strong", "data-first": fields.length === 0 }, ok),
    ];
    const form = h(
      "form",
      { class: "sheet", role, "aria-modal": "true", "aria-labelledby": id, onsubmit: submit },
      h("h2", { id }, title),
      text && h("p", { class: "sheet-text" }, text),
      fields,
      h("div", { class: "sheet-buttons" }, buttons),
    );
    function submit(event) {
      event.preventDefault();
      close(Object.fromEntries(new FormData(form)));
    }
    const close = overlay(host, form, { onclose: resolve });
  });
}

export const field = (label, name, attrs = {}) =>
  h("label", { class: "field" }, h("span", {}, label), h("input", { name, autocomplete: "off", ...attrs }));

// A menu beside its button. Items: {label, icon, run, danger}.
export function openMenu(button, host, items, className) {
  const already = host.querySelector(".popup");
  if (already) return already.dispatchEvent(new Event("dismiss"));
  const menu = h("div", { class: `popup ${className}`, role: "menu" }, items.filter(Boolean).map(entry));
  function entry(item) {
    const attrs = { type: "button", role: "menuitem", class: item.danger && "danger" };
    return h("button", { ...attrs, onclick: () => (close(), item.run()) }, icon(item.icon), item.label);
  }
  function close() {
    const hadFocus = menu.contains(document.activeElement);
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("focusin", outside);
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (hadFocus) button.focus({ preventScroll: true });
  }
  const outside = (event) => !menu.contains(event.target) && !button.contains(event.target) && close();
  menu.addEventListener("dismiss", close);
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (step) entries.at((entries.indexOf(document.activeElement) + step) % entries.length).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("focusin", outside);
  button.setAttribute("aria-expanded", "true");
  host.append(menu);
  menu.firstElementChild.focus({ preventScroll: true });
}

export const toastBox = () => h("div", { class: "toasts", role: "status", "aria-live": "polite" });

export function toast(box, text, { error = false, ms = 3500 } = {}) {
  const note = h("div", { class: `toast${error ? " error" : ""}` }, text);
  box.append(note);
  setTimeout(() => leave(note), ms);
}
