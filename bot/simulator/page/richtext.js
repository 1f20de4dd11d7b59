// A message's text: the server's safe HTML, with commands, links and code made tappable.

import { h, safeUrl } from "./dom.js";

// What taps in a text do: {command(text), copy(text), open(url)}.
export function richText(html, taps) {
  const node = h("div", { class: "text", dir: "auto" });
  node.innerHTML = html; // the only place: rendered and escaped by the simulator from entities
  for (const link of node.querySelectorAll("a")) wireLink(link, taps);
  for (const quote of node.querySelectorAll("blockquote[expandable]")) {
    onTap(quote, () => quote.toggleAttribute("expandable"));
  }
  for (const code of node.querySelectorAll("code, pre")) wireCode(code, taps);
  for (const spoiler of node.querySelectorAll(".tg-spoiler")) wireSpoiler(spoiler);
  return node;
}

function wireLink(link, taps) {
  if (link.classList.contains("tg-command")) {
    const command = link.textContent;
    link.replaceWith(h("button", { type: "button", class: "command", onclick: () => taps.command(command) }, command));
    return;
  }
  const url = safeUrl(link.getAttribute("href"));
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
  code.title = "Tap to copy";
  onTap(code, () => taps.copy(code.textContent));
}

function wireSpoiler(spoiler) {
  spoiler.setAttribute("aria-label", "Hidden text, tap to show");
  onTap(spoiler, () => {
    spoiler.classList.add("shown");
    spoiler.removeAttribute("aria-label");
  });
}

function onTap(node, run) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.addEventListener("click", run);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  });
}
