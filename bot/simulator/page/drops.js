// Files dragged onto a column.

import { h } from "./dom.js";

export function acceptDrops(column, attach) {
  const veil = h("div", { class: "drop", hidden: true }, h("span", {}, "Drop to send"));
  column.append(veil);
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  column.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  column.addEventListener("dragleave", (event) => {
    if (!column.contains(event.relatedTarget)) veil.hidden = true;
  });
  column.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    attach.sendFiles([...event.dataTransfer.files], false);
  });
}
