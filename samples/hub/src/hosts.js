// What hosts say: the namespaces /dcc, /dcc/action and /front-event.
import { Refusal, accepted, quoted } from './answer.js';
import { isObject, merge, requireUuid } from './json.js';
import { requireObject, unknownEvent } from './serve.js';

/** @typedef {import('./hub.js').Parts} Parts */

/** Who runs each of the actions that a host brings along; looked at as a whole, before any is stored. */
function ownersOf({ store, claims }, conn, context, running) {
  const owners = new Map();
  for (const [uuid, action] of Object.entries(running)) {
    if (!isObject(action)) throw new Refusal(`the running action ${quoted(uuid)} is no object`);
    requireUuid(uuid, 'a running action');
    const owner = action.context_metadata?.uuid ?? context.uuid;
    if (owner !== context.uuid && !claims.ownedBy(owner, conn)) {
      throw new Refusal(`the running action ${quoted(uuid)} is of another host, ${quoted(owner)}`);
    }
    const before = store.action(uuid);
    if (before && !claims.ownedBy(before.owner, conn)) {
      throw new Refusal(`the action ${quoted(uuid)} belongs to another host: use a uuid of your own`);
    }
    owners.set(uuid, owner);
  }
  return owners;
}

function storeRunning(store, running, owners) {
  for (const [uuid, owner] of owners) {
    const before = store.action(uuid);
    if (before?.owner === owner) store.mergeAction(uuid, before, running[uuid]);
    else store.putAction(uuid, merge({}, running[uuid]), owner);
  }
}

/** @param {Parts} parts */
export function dcc(parts, socket) {
  const { store, claims, ui } = parts;
  const { conn } = socket;
  const introduced = new Set();

  socket.on('disconnect', () => {
    for (const uuid of introduced) claims.release(uuid, conn);
  });

  const initialize = (context, running) => {
    introduced.add(context.uuid);
    const owners = ownersOf(parts, conn, context, running);
    store.putContext(context);
    try {
      storeRunning(store, running, owners);
    } finally {
      ui.emit('dccConnect', { data: { context } }); // it is there, also where there is no room for all that it runs
    }
    return accepted('initialized');
  };
  return (name, data) => {
    if (name !== 'initialization') return unknownEvent(name, '/dcc');
    const { context, runningActions } = requireObject(data, 'the introduction');
    const uuid = requireUuid(requireObject(context, 'the context').uuid, 'the context');
    const running = requireObject(runningActions ?? {}, 'runningActions');
    const claimed = claims.claim(uuid, conn);
    return claimed ? claimed.then(() => initialize(context, running)) : initialize(context, running);
  };
}

/** @param {Parts} parts */
function actionEvents(parts, conn) {
  const { store, claims, batches, prompts, ui } = parts;

  /** The action that this host runs. */
  const ownAction = (uuid) => {
    const stored = store.action(uuid);
    if (!stored) throw new Refusal(`the action ${quoted(uuid)} is not known here: begin it with query`);
    if (!claims.ownedBy(stored.owner, conn)) {
      throw new Refusal(`the action ${quoted(uuid)} belongs to another host`);
    }
    return stored;
  };
  const query = (whole, owner) => {
    const { uuid } = whole;
    if (store.action(uuid)) ownAction(uuid);
    store.putAction(uuid, whole, owner);
    batches.drop(uuid);
    prompts.forget(uuid);
    ui.emit('actionQuery', { data: whole });
    return accepted('stored');
  };

  return {
    query(whole) {
      requireUuid(whole.uuid, 'the action');
      const owner = requireUuid(whole.context_metadata?.uuid, "the action's context_metadata");
      const claimed = claims.claim(owner, conn);
      return claimed ? claimed.then(() => query(whole, owner)) : query(whole, owner);
    },
    update(diff) {
      const stored = ownAction(requireUuid(diff.uuid, 'the diff'));
      const owner = isObject(diff.context_metadata) ? (diff.context_metadata.uuid ?? stored.owner) : stored.owner;
      if (owner !== stored.owner) throw new Refusal(`the action ${quoted(diff.uuid)} cannot change its host`);
      store.mergeAction(diff.uuid, stored, diff);
      prompts.heard(diff.uuid, diff);
      batches.add(diff.uuid, diff);
      return accepted('updated');
    },
    clearAction(data) {
      const uuid = requireUuid(data.uuid, 'the action');
      if (store.action(uuid)) ownAction(uuid);
      batches.flush(uuid);
      store.forgetAction(uuid);
      prompts.forget(uuid);
      ui.emit('clearAction', { data });
      return accepted('cleared');
    },
  };
}

/** @param {Parts} parts */
export function action(parts, socket) {
  const { claims } = parts;
  const { conn } = socket;
  const join = (uuid) => {
    socket.join(parts.roomOf(uuid));
    return accepted('initialized');
  };
  const events = {
    initialization(context) {
      const uuid = requireUuid(context.uuid, 'the context');
      const claimed = claims.claim(uuid, conn);
      return claimed ? claimed.then(() => join(uuid)) : join(uuid);
    },
    ...actionEvents(parts, conn),
  };
  return (name, data) => {
    if (!Object.hasOwn(events, name)) return unknownEvent(name, '/dcc/action');
    return events[name](requireObject(data, `the payload of ${name}`));
  };
}

/** @param {Parts} parts */
export function frontEvent({ store, claims, standing, ui }, socket) {
  return (name, data) => {
    const uuid = isObject(data) ? data.uuid : undefined;
    if (claims.ownedByOther(uuid, socket.conn)) {
      throw new Refusal(`${quoted(uuid)} is another host: an event's uuid is that of the host that sends it`);
    }
    // The store bounds how many hosts there are.
    if (claims.ownedBy(uuid, socket.conn) && store.context(uuid)) standing.hear(uuid, data);
    ui.emit('frontEvent', data);
    return accepted('forwarded');
  };
}
