// What the page knows, kept up to date by the frames of /sim/live. Applying a frame twice changes nothing.

const ROWS_KEPT = 1000;

export class Store {
  bot = null;
  people = new Map();
  chats = new Map();
  commands = new Map();
  log = [];
  handled = new Map(); // update_id -> who took it; may be told before or after the row itself
  #rowIds = new Set();
  #listeners = new Map();

  on(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, []);
    this.#listeners.get(type).push(listener);
  }

  emit(type, payload) {
    for (const listener of this.#listeners.get(type) ?? []) listener(payload);
  }

  load(state) {
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map();
    for (const chat of state.chats) {
      const messages = chat.messages.filter((message) => !message.deleted);
      this.chats.set(chat.id, { ...chat, messages: new Map(messages.map((m) => [m.message_id, m])) });
    }
    this.commands = new Map(Object.entries(state.commands ?? {}).map(([id, list]) => [Number(id), list]));
    this.log = [];
    this.#rowIds.clear();
    this.handled.clear();
    for (const row of state.log ?? []) this.#addRow(row);
    this.emit("reset");
  }

  // The chats a person sees: her own with the bot first, then her groups.
  chatsOf(personId) {
    return [...this.chats.values()].filter((chat) => chat.person_id === personId || chat.members?.includes(personId));
  }

  chat(id) {
    if (!this.chats.has(id)) {
      const type = id < 0 ? "group" : "private";
      this.chats.set(id, { id, person_id: id, type, messages: new Map(), reply_keyboard: null });
    }
    return this.chats.get(id);
  }

  apply(frame) {
    const change = this.#changes[frame.type];
    if (change && change(frame) !== false) this.emit(frame.type, frame);
  }

  #changes = {
    person: ({ person }) => {
      this.people.set(person.id, person);
      if (!this.chatsOf(person.id).some((chat) => chat.type === "private")) this.chat(person.id);
    },
    message: (frame) => this.#putMessage(frame),
    edited: (frame) => this.#putMessage(frame),
    deleted: ({ chat_id, message_id }) => this.chat(chat_id).messages.delete(message_id),
    answer: () => true,
    typing: () => true,
    keyboard: ({ chat_id, reply_keyboard }) => {
      this.chat(chat_id).reply_keyboard = reply_keyboard;
    },
    commands: ({ person_id, commands }) => this.commands.set(person_id, commands),
    log: ({ row }) => this.#addRow(row),
    handled: (frame) => this.handled.set(frame.update_id, frame),
  };

  // A message known already comes as an edit, one not known as new, whatever the frame calls it.
  #putMessage(frame) {
    const { messages } = this.chat(frame.chat_id);
    const type = messages.has(frame.message.message_id) ? "edited" : "message";
    messages.set(frame.message.message_id, frame.message);
    this.emit(type, { ...frame, type });
    return false;
  }

  #addRow(row) {
    if (this.#rowIds.has(row.id)) return false;
    this.#rowIds.add(row.id);
    this.log.push(row);
    if (row.handled) this.handled.set(row.update_id, row.handled);
    if (this.log.length > ROWS_KEPT) this.#rowIds.delete(this.log.shift().id);
    return true;
  }
}
