// The bar of people: on a wide screen it shows and hides columns, on a phone it switches between them.

import { api } from "./api.js";
import { h } from "./dom.js";
import { avatar, fullName } from "./format.js";
import { icon } from "./icons.js";
import { ask, field } from "./overlay.js";

export class PeopleBar {
  #chips = new Map();
  #unread = new Map();

  // `acts`: {choose(personId), isShown(personId), added(person), failed(error)}.
  constructor(node, acts) {
    Object.assign(this, { node, acts });
    const add = h("button", { type: "button", class: "chip add", "aria-label": "Add person", title: "Add person", onclick: () => this.#add() });
    add.append(icon("plus"), h("span", {}, "Add person"));
    this.node.append(add);
  }

  render(people) {
    for (const person of people) {
      const chip = h("button", { type: "button", class: "chip", onclick: () => this.acts.choose(person.id) });
      chip.append(avatar(person.id, fullName(person), "small"), h("span", {}, fullName(person)), h("span", { class: "count" }));
      if (this.#chips.has(person.id)) this.#chips.get(person.id).replaceWith(chip);
      else this.node.lastElementChild.before(chip);
      this.#chips.set(person.id, chip);
    }
    this.update();
  }

  // After a restart of the simulator some people may be gone.
  keep(people) {
    for (const [personId, chip] of this.#chips) {
      if (people.has(personId)) continue;
      chip.remove();
      this.#chips.delete(personId);
    }
  }

  update() {
    for (const [personId, chip] of this.#chips) {
      const shown = this.acts.isShown(personId);
      if (shown) this.#unread.delete(personId);
      chip.setAttribute("aria-pressed", String(shown));
      chip.title = shown ? "Shown" : "Hidden";
      chip.querySelector(".count").textContent = this.#unread.get(personId) ?? "";
    }
  }

  arrived(personId) {
    if (this.acts.isShown(personId)) return;
    this.#unread.set(personId, (this.#unread.get(personId) ?? 0) + 1);
    this.update();
  }

  async #add() {
    const languages = ["en", "hi", "mr", "de", "es", "ru"].map((code) => h("option", { value: code }, code));
    const values = await ask(document.body, {
      title: "Add a person",
      fields: [
        field("First name", "first_name", { required: true, maxlength: 64, "data-first": true }),
        field("Last name", "last_name", { maxlength: 64 }),
        field("Username", "username", { pattern: "@?[A-Za-z][A-Za-z0-9_]{2,31}", placeholder: "anna", title: "3 to 32 letters, digits or _" }),
        field("Phone", "phone", { type: "tel", pattern: "\\+?[0-9 ]{5,20}", placeholder: "+919876543210", title: "Digits, with the country code" }),
        h("label", { class: "field" }, h("span", {}, "Language"), h("select", { name: "language_code" }, languages)),
      ],
      ok: "Add",
    });
    if (!values) return;
    const person = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
    if (person.username) person.username = person.username.replace(/^@/, "");
    if (person.phone) person.phone = person.phone.replaceAll(" ", "");
    try {
      this.acts.added(await api.addPerson(person));
    } catch (error) {
      this.acts.failed(error);
    }
  }
}
