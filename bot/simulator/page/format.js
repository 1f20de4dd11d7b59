// How names, times and sizes are written.

import { h } from "./dom.js";

// Telegram sends seconds; the inspector's rows carry ISO strings.
export const toDate = (value) => new Date(typeof value === "number" ? value * 1000 : value);

export const clockTime = (value, seconds = false) =>
  toDate(value).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
  });

export function dayName(value) {
  const date = toDate(value);
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const ago = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year });
}

export function fileSize(bytes) {
  if (bytes === null || bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const fullName = (person) =>
  [person?.first_name, person?.last_name].filter(Boolean).join(" ") || "Someone";

// Whole characters, so that a name beginning with an emoji keeps it.
const initials = (name) =>
  name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";

export const avatar = (id, name, size = "") =>
  h("span", { class: `avatar ${size}`, "data-tint": Math.abs(id ?? 0) % 7, "aria-hidden": "true" }, initials(name));

export const excerpt = (text, length = 90) => {
  const line = (text ?? "").replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
