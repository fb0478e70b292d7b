// Which actions a user may start on which host. No shell, no path: a name that somebody has allowed.
//
// A host offers actions in its context, as `launchable`: a list of names, or of {name, label, tooltip, parameters}.
// Where the hub was given names of its own, only those are launched; a host that offers nothing is then trusted to
// know them.
import { Refusal, quoted } from './answer.js';
import { isObject } from './json.js';

/** A name of a definition, or category and name: never a path that leaves the definitions' folders. */
const validName = /^[A-Za-z0-9_][\w.-]{0,127}$/;

/** @returns {object[]} What a context offers, each with its `name`. */
export function offers(context) {
  if (!Array.isArray(context.launchable)) return [];
  return context.launchable
    .map((offer) => (typeof offer === 'string' ? { name: offer } : offer))
    .filter((offer) => isObject(offer) && typeof offer.name === 'string' && validName.test(offer.name));
}

export class LaunchRules {
  /** @param {string[]} [allowed] Names; without any, what hosts offer may be launched. */
  constructor(allowed = []) {
    for (const name of allowed) {
      if (!validName.test(name)) throw new Error(`${quoted(name)} is no name of an action: letters, digits, "_", "." and "-"`);
    }
    this.allowed = allowed.length ? new Set(allowed) : null;
  }

  /** What may be launched on the host of `context`. */
  of(context) {
    const offered = offers(context);
    if (!this.allowed) return offered;
    if (!Array.isArray(context.launchable)) return [...this.allowed].map((name) => ({ name }));
    return offered.filter(({ name }) => this.allowed.has(name));
  }

  /**
   * The host that launches it: the one that is named, or of those that fit the one with the fewest actions.
   * @param {import('./store.js').Store} store
   * @returns {string} Its uuid.
   * @throws {Refusal}
   */
  choose(store, { action, uuid, dcc, projectName }) {
    if (action === undefined || action === null || action === '') throw new Refusal('no action to launch: name one');
    if (typeof action !== 'string' || !validName.test(action)) {
      throw new Refusal(`${quoted(action)} is no name of an action: letters, digits, "_", "." and "-"`);
    }
    const hosts = Object.values(store.contexts()).filter(
      (context) =>
        (!uuid || context.uuid === uuid) &&
        (!dcc || context.dcc === dcc) &&
        (!projectName || !context.project || context.project === projectName),
    );
    if (hosts.length === 0) {
      throw new Refusal(`no ${dcc ? `${quoted(dcc)} host` : 'host'} ${uuid ? `${quoted(uuid)} ` : ''}is connected to launch ${quoted(action)}`);
    }
    const able = hosts.filter((context) => this.of(context).some(({ name }) => name === action));
    if (able.length === 0) throw new Refusal(`${quoted(action)} may not be launched: no host offers it, or the hub does not allow it`);
    const load = (context) => store.actionsOf(context.uuid).length;
    return able.reduce((best, context) => (load(context) < load(best) ? context : best)).uuid;
  }
}
