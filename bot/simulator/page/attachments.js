// Photos, documents, contacts and places inside a bubble.

import { api } from "./api.js";
import { h } from "./dom.js";
import { avatar, fileSize, fullName } from "./format.js";
import { icon } from "./icons.js";
import { overlay } from "./overlay.js";

export function attachments(message) {
  return [
    message.photo && photo(message.photo, message.caption),
    message.document && documentCard(message.document),
    message.contact && contactCard(message.contact),
    message.location && locationCard(message.location),
  ].filter(Boolean);
}

function photo({ file_id, width, height }, caption) {
  const image = h("img", { src: api.fileUrl(file_id), alt: caption || "Photo", width, height });
  const open = () => lightbox(api.fileUrl(file_id), caption);
  return h("button", { type: "button", class: "photo", "aria-label": "Open photo", onclick: open }, image);
}

function lightbox(source, caption) {
  const box = h(
    "figure",
    { class: "lightbox", role: "dialog", "aria-modal": "true", "aria-label": "Photo" },
    h("button", { type: "button", class: "tool", "aria-label": "Close", "data-first": true }, icon("close")),
    h("img", { src: source, alt: caption || "Photo" }),
    caption && h("figcaption", {}, caption),
  );
  const close = overlay(document.body, box, { className: "dark" });
  box.addEventListener("click", (event) => event.target.tagName !== "FIGCAPTION" && close());
}

function documentCard({ file_id, file_name, mime_type, file_size }) {
  const name = file_name || "file";
  const extension = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return h(
    "a",
    { class: "card document", href: api.fileUrl(file_id), target: "_blank", rel: "noopener", title: [`Open ${name}`, mime_type].filter(Boolean).join(", ") },
    h("span", { class: "card-icon" }, extension ? h("b", {}, extension) : icon("file")),
    h(
      "span",
      { class: "card-body" },
      h("span", { class: "card-title" }, name),
      h("span", { class: "card-note" }, fileSize(file_size)),
    ),
  );
}

function contactCard(contact) {
  const name = fullName(contact);
  return h(
    "div",
    { class: "card contact" },
    avatar(contact.user_id, name),
    h(
      "span",
      { class: "card-body" },
      h("span", { class: "card-title" }, name),
      h("span", { class: "card-note" }, contact.phone_number),
    ),
  );
}

function locationCard({ latitude, longitude }) {
  const place = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return h(
    "a",
    { class: "place", href, target: "_blank", rel: "noopener noreferrer", title: "Open the map" },
    h("span", { class: "map" }, icon("pin")),
    h("span", { class: "card-note" }, place),
  );
}
