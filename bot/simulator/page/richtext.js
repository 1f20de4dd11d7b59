// A message's text: the server's safe HTML, with commands, links and code made tappable.

import { h, safeUrl } from "./dom.js";

const TAPPABLE = /(?<=^|[\s(])(\/[a-z0-9_]{1,32}(?:@\w+)?|https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])(?=$|[\s).,;:!?])/gi;

// What taps in a text do: {command(text), copy(text), open(url)}.
export function richText(html, taps) {
  const node = h("div", { class: "text", dir: "auto" });
  node.innerHTML = html; // the only place: rendered and escaped by the simulator from entities
  for (const link of node.querySelectorAll("a")) wireLink(link, taps);
  for (const quote of node.querySelectorAll("blockquote[expandable]")) {
    onTap(quote, () => quote.toggleAttribute("expandable"));
  }
  for (const code of node.querySelectorAll("code, pre")) wireCode(code, taps);
  for (const spoiler of node.querySelectorAll("tg-spoiler, .tg-spoiler")) wireSpoiler(spoiler);
  for (const text of plainTexts(node)) markTappable(text, taps);
  return node;
}

function plainTexts(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("a, code, pre")) texts.push(walker.currentNode);
  }
  return texts;
}

function markTappable(text, taps) {
  const parts = text.data.split(TAPPABLE);
  if (parts.length === 1) return;
  // split() with one group gives text and match by turns.
  text.replaceWith(...parts.map((part, index) => (index % 2 ? tappable(part, taps) : part)));
}

function tappable(part, taps) {
  if (!part.startsWith("/")) {
    const link = h("a", { href: part }, part);
    wireLink(link, taps);
    return link;
  }
  return h("button", { type: "button", class: "command", onclick: () => taps.command(part) }, part);
}

function wireLink(link, taps) {
  if (link.classList.contains("tg-command")) return link.replaceWith(tappable(link.textContent, taps));
  const url = safeUrl(link.getAttribute("href") ?? "");
  if (!url) return link.removeAttribute("href");
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.title = url.href;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    taps.open(url);
  });
}

function wireCode(code, taps) {
  if (code.parentElement.closest("pre")) return;
  code.tabIndex = 0;
  code.setAttribute("role", "button");
  code.title = "Tap to copy";
  onTap(code, () => taps.copy(code.textContent));
}

function wireSpoiler(spoiler) {
  spoiler.classList.add("spoiler");
  spoiler.tabIndex = 0;
  spoiler.setAttribute("role", "button");
  spoiler.setAttribute("aria-label", "Hidden text, tap to show");
  onTap(spoiler, () => {
    spoiler.classList.add("shown");
    spoiler.removeAttribute("aria-label");
  });
}

function onTap(node, run) {
  node.addEventListener("click", run);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  });
}
