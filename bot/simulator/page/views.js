// Which columns are on the stage. Wide: any of them, remembered. Phone: one at a time.

import { isPhone } from "./dom.js";
import { remember, remembered } from "./theme.js";

const KEY = "sim.hidden";

export class Views {
  #hidden = new Set(remembered(KEY, []));
  #current = null;

  constructor(columns, inspector, onchange) {
    Object.assign(this, { columns, inspector, onchange });
    matchMedia("(max-width: 700px)").addEventListener("change", () => this.update());
  }

  isShown(id) {
    return isPhone() ? this.#current === id : !this.#hidden.has(id);
  }

  choose(id) {
    if (isPhone()) this.#current = id;
    else if (!this.#hidden.delete(id)) this.#hidden.add(id);
    remember(KEY, [...this.#hidden]);
    this.update();
  }

  show(id) {
    this.#current = id;
    this.#hidden.delete(id);
    this.update();
    this.columns.get(id)?.node.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  update() {
    if (this.#current !== "inspector" && !this.columns.has(this.#current)) {
      this.#current = this.columns.keys().next().value ?? null;
    }
    for (const [id, column] of this.columns) column.node.hidden = !this.isShown(id);
    this.inspector.node.hidden = !this.isShown("inspector");
    this.onchange();
  }
}
