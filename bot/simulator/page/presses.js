// Inline buttons that were pressed and not answered yet; they shimmer until then.

const PATIENCE = 20_000; // as long as Telegram's own clients wait for an answer

export class Presses {
  #open = [];

  constructor(redraw) {
    this.redraw = redraw;
  }

  has(messageId, data) {
    return this.#open.some((press) => press.messageId === messageId && press.data === data);
  }

  begin(messageId, data) {
    const press = { messageId, data };
    press.timer = setTimeout(() => this.#drop(press), PATIENCE);
    this.#open.push(press);
    this.redraw(messageId);
  }

  // Answers name no message; the bot takes one person's presses in order, so the oldest is meant.
  end() {
    if (this.#open.length) this.#drop(this.#open[0]);
  }

  #drop(press) {
    clearTimeout(press.timer);
    this.#open = this.#open.filter((other) => other !== press);
    this.redraw(press.messageId);
  }
}
