// The list of the bot's commands: opened by the menu button or by typing "/".

import { h } from "./dom.js";

export class SlashMenu {
  #found = [];
  #index = 0;

  // `choose(command)` sends it; `all()` gives [{command, description}].
  constructor(input, all, choose) {
    Object.assign(this, { input, all, choose });
    const id = `slash-${Math.random().toString(36).slice(2)}`;
    this.node = h("ul", { class: "slash", id, role: "listbox", "aria-label": "Commands", hidden: true });
    input.setAttribute("aria-controls", id);
    input.addEventListener("input", () => this.follow());
    input.addEventListener("blur", () => this.close());
  }

  get open() {
    return !this.node.hidden;
  }

  follow() {
    const typed = /^\/(\w*)$/.exec(this.input.value);
    if (typed) this.show(typed[1].toLowerCase());
    else this.close();
  }

  show(start = "") {
    this.#found = this.all().filter(({ command }) => command.startsWith(start));
    this.#index = 0;
    this.node.hidden = this.#found.length === 0;
    this.#render();
  }

  close() {
    this.node.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  // True when the key was the menu's own.
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#index = (this.#index + step + this.#found.length) % this.#found.length;
      this.#render();
    } else if (event.key === "Tab") {
      this.input.value = `/${this.#found[this.#index].command} `;
      this.close();
    } else if (event.key === "Enter") this.#take(this.#found[this.#index]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #take({ command }) {
    this.close();
    this.choose(`/${command}`);
  }

  #render() {
    this.node.replaceChildren(...this.#found.map((entry, index) => this.#option(entry, index)));
    const chosen = this.node.children[this.#index];
    if (!chosen) return;
    chosen.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", chosen.id);
  }

  #option(entry, index) {
    const attrs = { id: `${this.node.id}-${index}`, role: "option", "aria-selected": String(index === this.#index) };
    // mousedown, so that the input keeps its focus and the menu does not close under the finger
    const stay = (event) => event.preventDefault();
    return h(
      "li",
      { ...attrs, onmousedown: stay, onclick: () => this.#take(entry) },
      h("b", {}, `/${entry.command}`),
      h("span", {}, entry.description),
    );
  }
}
