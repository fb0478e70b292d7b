// What users say: the namespace /ui.
import { Refusal, accepted, quoted } from './answer.js';
import { isObject, requireUuid } from './json.js';
import { requireObject, unknownEvent } from './serve.js';

/** @param {import('./hub.js').Parts} parts */
export function ui(parts, socket) {
  const { store, batches, prompts, standing, launches } = parts;
  let room; // one, however often it introduces itself

  socket.on('disconnect', () => prompts.userGone(socket.id));

  /** The action that a user means, and the host that runs it. */
  const running = (uuid) => {
    const stored = store.action(requireUuid(uuid, 'the action'));
    if (!stored) throw new Refusal(`the action ${quoted(uuid)} is not running`);
    return stored;
  };
  const events = {
    initialization({ uuid }) {
      requireUuid(uuid, 'the user');
      if (room) socket.leave(room);
      // Once: from now on this user hears of each when it begins.
      else for (const status of standing.all()) socket.emit('frontEvent', status);
      room = uuid;
      socket.join(room);
      return accepted('initialized');
    },
    getConnectedDccs: () => accepted('connected hosts', { data: store.contexts() }),
    getRunningActions: () => accepted('running actions', { data: store.actions() }),
    getLaunchableActions() {
      const data = {};
      for (const [uuid, context] of Object.entries(store.contexts())) data[uuid] = launches.of(context);
      return accepted('launchable actions', { data });
    },
    actionUpdate(diff) {
      const { whole, owner } = running(diff.uuid);
      const late = prompts.answer(diff.uuid, whole, diff, socket.id);
      if (late) throw new Refusal(late);
      parts.tell(owner, 'update', diff);
      return accepted('forwarded');
    },
    clearAction({ uuid }) {
      const { owner } = running(uuid);
      parts.tell(owner, 'clear', { uuid });
      // The host sends nothing back.
      batches.flush(uuid);
      store.forgetAction(uuid);
      prompts.forget(uuid);
      parts.ui.emit('clearAction', { data: { uuid } });
      return accepted('forwarded');
    },
    undoLastCommand({ uuid, full }) {
      parts.tell(running(uuid).owner, 'undo', { uuid, full: full === true });
      return accepted('forwarded');
    },
    launchAction(launch) {
      const host = launches.choose(store, launch);
      const { action, projectName, taskId, parameters } = launch;
      if (parameters !== undefined && !isObject(parameters)) {
        throw new Refusal('the parameters of a launch are no object: send {"step:command:parameter": value}');
      }
      parts.tell(host, 'launch', { action, projectName, taskId, parameters });
      return accepted('forwarded', { data: { uuid: host } });
    },
  };
  return (name, data) => {
    if (!Object.hasOwn(events, name)) return unknownEvent(name, '/ui');
    return events[name](requireObject(data ?? {}, `the payload of ${name}`));
  };
}
