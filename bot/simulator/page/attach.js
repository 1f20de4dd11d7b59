// What can be sent besides text: pictures, files, contacts and places.

import { api } from "./api.js";
import { h } from "./dom.js";
import { fileSize, fullName } from "./format.js";
import { ask, field, openMenu } from "./overlay.js";

export class Attach {
  // `column` lends: {node, store, person, chatId, run(promise)}.
  constructor(column) {
    this.column = column;
    this.photoInput = this.#fileInput("Photo file", "image/*", false);
    this.documentInput = this.#fileInput("Document file", null, true);
    this.node = h("span", { class: "offscreen" }, this.photoInput, this.documentInput);
  }

  openMenu(button) {
    const others = [...this.column.store.people.values()].filter(({ id }) => id !== this.column.person.id);
    const items = [
      { label: "Photo", icon: "photo", run: () => this.photoInput.click() },
      { label: "Document", icon: "file", run: () => this.documentInput.click() },
      { label: "My contact", icon: "user", run: () => this.sharePhone() },
      others.length > 0 && { label: "Someone’s contact", icon: "users", run: () => this.#someone(others) },
      { label: "Location", icon: "pin", run: () => this.shareLocation() },
    ];
    openMenu(button, this.column.node, items, "from-attach");
  }

  async sharePhone() {
    const { node, person, chatId, run } = this.column;
    const text = `The bot will know your name and number ${person.phone ?? "(none set)"}.`;
    const sure = await ask(node, { title: "Share your phone number?", text, ok: "Share" });
    if (sure) run(api.contact(person.id, chatId));
  }

  async shareLocation() {
    const { node, person, chatId, run } = this.column;
    const numeric = { type: "number", step: "any", required: true };
    const place = await ask(node, {
      title: "Share your location?",
      fields: [
        field("Latitude", "latitude", { ...numeric, value: "19.0760", min: -90, max: 90 }),
        field("Longitude", "longitude", { ...numeric, value: "72.8777", min: -180, max: 180 }),
      ],
      ok: "Share",
    });
    if (place) run(api.location(person.id, chatId, Number(place.latitude), Number(place.longitude)));
  }

  // Pictures go as photos unless asked otherwise; everything else goes as a file.
  async sendFiles(files, asDocument) {
    const { person, chatId, run } = this.column;
    for (const file of files) {
      const picture = /^image\/(jpeg|png|webp|gif|bmp)$/.test(file.type);
      const sent = await this.#preview(file, picture, asDocument);
      if (!sent) return;
      const send = picture && !sent.as_file ? api.photo : api.document;
      run(send(person.id, chatId, file, sent.caption));
    }
  }

  async #preview(file, picture, asDocument) {
    const address = picture && URL.createObjectURL(file);
    const answer = await ask(this.column.node, {
      title: picture ? "Send a picture" : "Send a file",
      fields: [
        picture && h("img", { class: "preview", src: address, alt: "" }),
        h("p", { class: "sheet-text" }, `${file.name || "picture"} · ${fileSize(file.size)}`),
        field("Caption", "caption", { maxlength: 1024, "data-first": true }),
        picture &&
          h(
            "label",
            { class: "check" },
            h("input", { type: "checkbox", name: "as_file", checked: asDocument }),
            "Send as a file",
          ),
      ],
      ok: "Send",
    });
    if (address) URL.revokeObjectURL(address);
    return answer;
  }

  async #someone(others) {
    const { node, person, chatId, run } = this.column;
    const options = others.map(({ id, ...rest }) => h("option", { value: id }, fullName(rest)));
    const fields = [h("label", { class: "field" }, h("span", {}, "Person"), h("select", { name: "person_id" }, options))];
    const chosen = await ask(node, { title: "Share whose contact?", fields, ok: "Share" });
    if (chosen) run(api.contact(person.id, chatId, { person_id: Number(chosen.person_id) }));
  }

  #fileInput(label, accept, asDocument) {
    const input = h("input", { type: "file", accept, "aria-label": label, tabindex: "-1", multiple: true });
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = ""; // the same file may be chosen again
      this.sendFiles(files, asDocument);
    });
    return input;
  }
}
