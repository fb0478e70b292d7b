// What holds hosts up, until they say that it is over: told to users who come meanwhile.
import { sizeOf } from './json.js';

/** The word for the end of each. */
const endOf = new Map([
  ['loopResumed', 'loopStalled'],
  ['hostResponsive', 'hostBusy'],
]);
const lasting = new Set(endOf.values());
/** There is room for a name and a sentence; what is larger is not kept. */
const mostBytes = 4096;
const depth = 8;

function isSmall(status) {
  try {
    return sizeOf(status, depth) <= mostBytes;
  } catch {
    return false;
  }
}

export class Standing {
  /** @type {Map<string, Map<string, {status: object, at: number}>>} context: type: what was told, and when */
  #hosts = new Map();

  /** @param {() => number} [now] Milliseconds that never go back. */
  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /** A front event of the host `uuid`, which is connected: most have nothing that lasts. */
  hear(uuid, status) {
    const { type } = status;
    if (type === 'hostGone') this.forget(uuid);
    else if (endOf.has(type)) this.#end(uuid, endOf.get(type));
    else if (lasting.has(type)) this.#begin(uuid, type, status);
  }
  forget(uuid) {
    this.#hosts.delete(uuid);
  }
  /** As the hosts told it, but for `seconds`: how long it has lasted by now. */
  *all() {
    for (const kinds of this.#hosts.values()) {
      for (const { status, at } of kinds.values()) {
        const before = Number.isFinite(status.seconds) ? status.seconds : 0;
        yield { ...status, seconds: before + (this.now() - at) / 1000 };
      }
    }
  }

  #begin(uuid, type, status) {
    if (!isSmall(status)) return this.#end(uuid, type);
    if (!this.#hosts.has(uuid)) this.#hosts.set(uuid, new Map());
    return this.#hosts.get(uuid).set(type, { status, at: this.now() });
  }
  #end(uuid, type) {
    const kinds = this.#hosts.get(uuid);
    kinds?.delete(type);
    if (kinds?.size === 0) this.#hosts.delete(uuid);
  }
}
