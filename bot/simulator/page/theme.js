// Light, dark, or as the system says; the choice is remembered.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "sim.theme";
const NEXT = { auto: "light", light: "dark", dark: "auto" };
const ICONS = { auto: "auto", light: "sun", dark: "moon" };

export function remembered(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}

let theme = NEXT[remembered(KEY, "auto")] ? remembered(KEY, "auto") : "auto";
document.documentElement.dataset.theme = theme;

export function themeButton() {
  const button = h("button", { type: "button", class: "tool", onclick: turn });
  function show() {
    document.documentElement.dataset.theme = theme;
    button.replaceChildren(icon(ICONS[theme]));
    button.title = `Theme: ${theme}`;
    button.setAttribute("aria-label", button.title);
  }
  function turn() {
    theme = NEXT[theme];
    remember(KEY, theme);
    show();
  }
  show();
  return button;
}
