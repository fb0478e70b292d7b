// Diffs on their way to the users: those of one action within some milliseconds go as one.
import { merge } from './json.js';

export class Batches {
  /** @type {Map<string, object>} */
  #waiting = new Map();
  #timer = null;

  /**
   * @param {number} milliseconds
   * @param {(diff: object) => void} send
   * @param {typeof setTimeout} [later]
   */
  constructor(milliseconds, send, later = setTimeout) {
    this.milliseconds = milliseconds;
    this.send = send;
    this.later = later;
  }

  add(uuid, diff) {
    this.#waiting.set(uuid, merge(this.#waiting.get(uuid) ?? {}, diff));
    this.#timer ??= this.later(() => this.#flushAll(), this.milliseconds);
  }
  /** Sends at once what waits of an action. */
  flush(uuid) {
    const diff = this.#waiting.get(uuid);
    if (this.#waiting.delete(uuid)) this.send(diff);
  }
  drop(uuid) {
    this.#waiting.delete(uuid);
  }
  close() {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #flushAll() {
    this.#timer = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const diff of waiting) this.send(diff);
  }
}
