// The live connection: loads the whole state, then follows the frames; comes back by itself when cut.

import { api } from "./api.js";

const LONGEST_WAIT = 4000;

export class Live {
  #wait = 300;

  constructor(store) {
    this.store = store;
  }

  start() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/sim/live`);
    // Frames that come while the state is being read wait for it; applying one twice is harmless.
    let waiting = [];
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      if (waiting) waiting.push(frame);
      else this.store.apply(frame);
    });
    socket.addEventListener("open", async () => {
      try {
        this.store.load(await api.state());
      } catch {
        return socket.close();
      }
      for (const frame of waiting) this.store.apply(frame);
      waiting = null;
      this.#wait = 300;
      this.store.emit("online", true);
    });
    socket.addEventListener("close", () => {
      this.store.emit("online", false);
      setTimeout(() => this.start(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    });
  }
}
