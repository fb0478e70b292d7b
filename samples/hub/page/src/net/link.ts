// The page's connection to the hub: its state for people, and what is said through it.
import { signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { isObject, member, text, type Object_ } from '../wire.ts';
import { store } from '../state/store.ts';
import { forgetToken, token } from './token.ts';

export type Link =
  | { state: 'connecting' }
  | { state: 'connected' }
  | { state: 'away'; retryAt: number; why: string }
  | { state: 'locked'; why: string };

export interface Answer {
  ok: boolean;
  message: string;
  data?: unknown;
}

const answerWithin = 5000; // ms
const [firstDelay, longestDelay] = [500, 8000]; // ms

export const link = signal<Link>({ state: 'connecting' });
/** By host, what may be launched there. */
export const launchable = signal<Record<string, unknown>>({});

let socket: Socket;
let attempt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** One event, and what the hub says to it: never throws. */
export async function say(event: string, data: Object_): Promise<Answer> {
  if (!socket.connected) return { ok: false, message: 'the hub is away; try again when it is back' };
  try {
    const answer: unknown = await socket.timeout(answerWithin).emitWithAck(event, data);
    const said = isObject(answer) ? answer : {};
    return { ok: said['status'] === 200, message: text(said['msg'], 'the hub refused it'), data: said['data'] };
  } catch {
    return { ok: false, message: 'the hub did not answer in time' };
  }
}

export async function refreshLaunchable(): Promise<void> {
  const answer = await say('getLaunchableActions', {});
  launchable.value = answer.ok && isObject(answer.data) ? answer.data : {};
}

async function introduce(): Promise<void> {
  const mine = socket.id;
  // Each is taken over before the next message: what comes behind an answer is newer than it. The introduction is the
  // last, for the hub then tells what holds hosts up, which only makes sense of hosts that are known.
  const [hostsAsked, actionsAsked] = [say('getConnectedDccs', {}), say('getRunningActions', {})];
  void say('initialization', { uuid: crypto.randomUUID() });
  const hosts = await hostsAsked;
  if (hosts.ok) store.resetHosts(hosts.data);
  const actions = await actionsAsked;
  if (actions.ok) store.resetActions(actions.data);
  if (socket.id !== mine || !hosts.ok || !actions.ok) {
    // Half of what there is would look like all of it: again from the beginning.
    if (socket.connected) socket.disconnect();
    return;
  }
  attempt = 0;
  link.value = { state: 'connected' };
  void refreshLaunchable();
}

export function connectNow(): void {
  clearTimeout(timer);
  link.value = { state: 'connecting' };
  socket.auth = token() ? { token: token() } : {};
  socket.connect();
}

function retryLater(why: string): void {
  clearTimeout(timer);
  const delay = Math.min(longestDelay, firstDelay * 2 ** attempt) * (0.75 + Math.random() / 2);
  attempt += 1;
  link.value = { state: 'away', retryAt: Date.now() + delay, why };
  timer = setTimeout(connectNow, delay);
}

export function begin(): void {
  // The delays are ours, so that people can be told when the next attempt comes.
  socket = io('/ui', { transports: ['websocket'], reconnection: false, autoConnect: false });
  socket.on('connect', () => void introduce());
  socket.on('disconnect', () => retryLater('the connection to the hub is lost'));
  socket.on('connect_error', (error) => {
    if (/token/.test(error.message)) {
      socket.disconnect();
      forgetToken();
      link.value = { state: 'locked', why: error.message };
    } else {
      retryLater('the hub does not answer');
    }
  });
  const uuidIn = (event: unknown): string => text(member(member(event, 'data'), 'uuid'));
  socket.on('dccConnect', (event: unknown) => {
    const context = member(member(event, 'data'), 'context');
    store.hostArrives(context);
    void refreshLaunchable();
    void reload(text(member(context, 'uuid')));
  });
  socket.on('dccDisconnect', (event: unknown) => store.hostLeaves(uuidIn(event)));
  socket.on('actionQuery', (event: unknown) => store.actionBegins(member(event, 'data')));
  socket.on('actionUpdate', (event: unknown) => store.actionChanges(member(event, 'data')));
  socket.on('clearAction', (event: unknown) => {
    const uuid = uuidIn(event);
    if (uuid) return store.actionEnds(uuid);
    // A host says {uuid: action}.
    const data = member(event, 'data');
    if (isObject(data)) Object.keys(data).forEach((key) => store.actionEnds(key));
  });
  socket.on('frontEvent', (event: unknown) => store.frontEvent(event));
  connectNow();
}

/** A host that introduces itself, perhaps once more, tells its running actions to the hub alone. */
async function reload(host: string): Promise<void> {
  const answer = await say('getRunningActions', {});
  if (!answer.ok || !isObject(answer.data)) return;
  for (const [uuid, action] of Object.entries(answer.data)) {
    const known = store.actions.get(uuid);
    if (isObject(action) && (!known || known.ended || known.host === host)) store.actionBegins({ ...action, uuid });
  }
}
