// Building elements. Text always goes in as text nodes, so nothing a person writes becomes markup.

export function h(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const isPhone = () => matchMedia("(max-width: 700px)").matches;

const movesLess = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Plays the CSS animation of a class and then removes the node.
export function leave(node, className = "leaving") {
  if (movesLess()) return node.remove();
  node.classList.add(className);
  const done = () => node.remove();
  node.addEventListener("animationend", done, { once: true });
  setTimeout(done, 400);
}

// Only these schemes are ever opened; everything else (javascript:, data:) is no link.
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "tg:", "mailto:", "tel:", "upi:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http on another machine has no clipboard API: select and copy the old way.
    const area = h("textarea", { class: "offscreen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
