// All that the page knows. The hub's events go in here; views read it, and are drawn again by the signals.
import { signal } from '@preact/signals';
import { entries, isObject, member, text } from '../wire.ts';
import { LiveAction } from './action.ts';
import { touch } from './frame.ts';
import { Host } from './host.ts';

/** Actions that have ended stay to be read, the newest of them. */
const mostEnded = 50;
/** So do hosts that are gone. */
const mostGone = 20;
const statusTypes = new Set([
  'loopStalled', 'loopResumed', 'slowCall', 'hostBusy', 'hostResponsive', 'hostGone', 'reconnected',
]);

export class Store {
  readonly hosts = new Map<string, Host>();
  readonly actions = new Map<string, LiveAction>();
  /** Raised when there are others than before, or when one's phase may have changed. */
  readonly lists = signal(0);
  /** Since the page was opened. */
  updates = 0;

  /** All hosts that the hub knows, on connecting to it. The others have gone meanwhile; what holds one up is told next. */
  resetHosts(contexts: unknown): void {
    const present = entries(contexts);
    const hosts = new Set(present.map(([uuid]) => uuid));
    for (const host of this.hosts.values()) if (!hosts.has(host.uuid)) host.leave();
    for (const [uuid, context] of present) {
      this.hosts.get(uuid)?.forgetStalls();
      this.hostArrives(context);
    }
    touch(this.lists);
  }
  /** All actions, as above. */
  resetActions(actions: unknown): void {
    const running = entries(actions);
    const known = new Set(running.map(([uuid]) => uuid));
    for (const action of this.actions.values()) if (!known.has(action.uuid)) action.end('ended while the page was away');
    for (const [uuid, action] of running) this.actionBegins({ ...action, uuid });
    this.#forgetOldest();
    this.#forgetOldestHosts();
    touch(this.lists);
  }

  hostArrives(context: unknown): void {
    const uuid = text(member(context, 'uuid'));
    if (!isObject(context) || !uuid) return;
    const host = this.hosts.get(uuid);
    if (host) host.arrive(context);
    else this.hosts.set(uuid, new Host(uuid, context));
    touch(this.lists);
  }
  /** With it go its actions: it tells them again when it comes back. */
  hostLeaves(uuid: string): void {
    this.hosts.get(uuid)?.leave();
    for (const action of this.actions.values()) if (action.host === uuid) action.end('its host is gone');
    this.#forgetOldest();
    this.#forgetOldestHosts();
    touch(this.lists);
  }
  forgetHost(uuid: string): void {
    this.hosts.delete(uuid);
    for (const action of this.actions.values()) if (action.host === uuid && action.ended) this.actions.delete(action.uuid);
    touch(this.lists);
  }

  actionBegins(whole: unknown): void {
    const uuid = text(member(whole, 'uuid'));
    if (!isObject(whole) || !uuid) return;
    const action = this.actions.get(uuid);
    if (action) action.replace(whole);
    else this.actions.set(uuid, new LiveAction(uuid, whole));
    touch(this.lists);
  }
  actionChanges(diff: unknown): void {
    const action = this.actions.get(text(member(diff, 'uuid')));
    if (!isObject(diff) || !action) return;
    this.updates += 1;
    const before = action.phase;
    action.merge(diff);
    if (action.phase !== before) touch(this.lists);
  }
  actionEnds(uuid: string): void {
    const action = this.actions.get(uuid);
    if (!action) return;
    action.end(action.phase === 'completed' ? 'completed' : action.phase === 'failed' ? 'failed' : 'cancelled');
    this.#forgetOldest();
    touch(this.lists);
  }
  forgetAction(uuid: string): void {
    this.actions.delete(uuid);
    touch(this.lists);
  }

  /** What a host says beside its actions. */
  frontEvent(data: unknown): void {
    if (!isObject(data)) return;
    const host = this.hosts.get(text(data['uuid']));
    if (!host) return;
    if (statusTypes.has(text(data['type']))) {
      host.warn(data);
      touch(this.lists);
    } else {
      host.timeline.add(data);
    }
  }

  #forgetOldest(): void {
    const ended = [...this.actions.values()].filter((action) => action.ended);
    for (const action of ended.slice(0, Math.max(0, ended.length - mostEnded))) this.actions.delete(action.uuid);
  }

  #forgetOldestHosts(): void {
    const gone = [...this.hosts.values()].filter((host) => host.goneSince);
    gone.sort((a, b) => a.goneSince - b.goneSince);
    for (const host of gone.slice(0, Math.max(0, gone.length - mostGone))) this.forgetHost(host.uuid);
  }

  /** Live before gone, then by name. */
  sortedHosts(): Host[] {
    const hosts = [...this.hosts.values()];
    const rank = (host: Host): number => (host.goneSince ? 1 : 0);
    return hosts.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || a.uuid.localeCompare(b.uuid));
  }
  /** Those that run before those that have ended. */
  actionsOf(host: string): LiveAction[] {
    const all = [...this.actions.values()].filter((action) => action.host === host && action.data['hide'] !== true);
    return [...all.filter((action) => !action.ended), ...all.filter((action) => action.ended)];
  }
  waiting(): LiveAction[] {
    return [...this.actions.values()].filter((action) => action.phase === 'waiting');
  }
}

export const store = new Store();
