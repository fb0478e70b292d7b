// The contexts and actions that the hub knows, in memory, within bounds. Hosts bring them back after a reconnect.
import { Refusal, quoted } from './answer.js';
import { growth, merge, sizeOf } from './json.js';

/** @typedef {{uuid: string} & Record<string, unknown>} Context */
/** @typedef {{whole: Record<string, any>, owner: string, bytes: number}} Stored `owner` is a context's uuid. */

export class Store {
  /** @type {Map<string, {context: Context, bytes: number}>} */
  #contexts = new Map();
  /** @type {Map<string, Stored>} */
  #actions = new Map();
  /** @type {Map<string, Set<string>>} The actions of each context, also before the context is known. */
  #byOwner = new Map();
  #bytes = 0;

  /** @param {import('./limits.js').Limits} limits */
  constructor(limits) {
    this.limits = limits;
  }

  get bytes() {
    return this.#bytes;
  }
  get hostCount() {
    return this.#contexts.size;
  }
  get actionCount() {
    return this.#actions.size;
  }

  contexts() {
    return Object.fromEntries([...this.#contexts].map(([uuid, { context }]) => [uuid, context]));
  }
  context(uuid) {
    return this.#contexts.get(uuid)?.context;
  }
  actions() {
    return Object.fromEntries([...this.#actions].map(([uuid, { whole }]) => [uuid, whole]));
  }
  /** @returns {Stored | undefined} */
  action(uuid) {
    return this.#actions.get(uuid);
  }
  actionsOf(owner) {
    return [...(this.#byOwner.get(owner) ?? [])];
  }

  /** @param {Context} context */
  putContext(context) {
    const bytes = sizeOf(context, this.limits.depth);
    if (bytes > this.limits.contextBytes) {
      throw new Refusal(`the context takes ${bytes} bytes; at most ${this.limits.contextBytes} are allowed`);
    }
    const before = this.#contexts.get(context.uuid);
    if (!before && this.#contexts.size >= this.limits.contexts) {
      throw new Refusal(`${this.limits.contexts} hosts are connected already, which is the most there may be`);
    }
    this.#grow(bytes - (before?.bytes ?? 0));
    this.#contexts.set(context.uuid, { context, bytes });
  }

  /** Stores a whole action in the place of one with its uuid. */
  putAction(uuid, whole, owner) {
    const bytes = sizeOf(whole, this.limits.depth);
    this.#requireFits(uuid, bytes);
    const before = this.#actions.get(uuid);
    if (before?.owner !== owner) this.#requireRoom(owner);
    this.#grow(bytes - (before?.bytes ?? 0));
    if (before && before.owner !== owner) this.#byOwner.get(before.owner)?.delete(uuid);
    this.#actions.set(uuid, { whole, owner, bytes });
    if (!this.#byOwner.has(owner)) this.#byOwner.set(owner, new Set());
    this.#byOwner.get(owner).add(uuid);
  }

  /** @param {Stored} stored */
  mergeAction(uuid, stored, diff) {
    const more = growth(stored.whole, diff, this.limits.depth);
    this.#requireFits(uuid, stored.bytes + more);
    this.#grow(more);
    stored.bytes += more;
    merge(stored.whole, diff);
  }

  forgetAction(uuid) {
    const stored = this.#actions.get(uuid);
    if (!stored) return;
    this.#bytes -= stored.bytes;
    this.#actions.delete(uuid);
    const siblings = this.#byOwner.get(stored.owner);
    siblings?.delete(uuid);
    if (siblings?.size === 0) this.#byOwner.delete(stored.owner);
  }

  /** The context goes, and its actions. @returns {boolean} whether it was known */
  forgetContext(uuid) {
    for (const action of this.actionsOf(uuid)) this.forgetAction(action);
    const known = this.#contexts.get(uuid);
    if (known) this.#bytes -= known.bytes;
    return this.#contexts.delete(uuid);
  }

  #grow(bytes) {
    if (bytes > 0 && this.#bytes + bytes > this.limits.totalBytes) {
      throw new Refusal(`the hub holds ${this.#bytes} bytes and may not hold more than ${this.limits.totalBytes}`);
    }
    this.#bytes += bytes;
  }
  #requireFits(uuid, bytes) {
    if (bytes <= this.limits.actionBytes) return;
    throw new Refusal(`the action ${quoted(uuid)} would take ${bytes} bytes; at most ${this.limits.actionBytes} are allowed`);
  }
  #requireRoom(owner) {
    if ((this.#byOwner.get(owner)?.size ?? 0) < this.limits.actionsPerHost) return;
    throw new Refusal(`the host ${quoted(owner)} runs ${this.limits.actionsPerHost} actions already: clear some`);
  }
}
