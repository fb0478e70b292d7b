// Two users answer one prompt: the first counts, the other is told so.
import { isObject } from './json.js';

/** WAITING_FOR_RESPONSE; and INVALID and ERROR, which take other values and are tried again. */
const asking = new Set([2, 4, 5]);
const pause = 0; // an execution_type
/** A host that never reacts to an answer does not keep the others from answering for ever. */
const pendingFor = 30_000; // ms

/** The commands that an action or a diff has, as [path, command]. */
function* commandsOf(action) {
  for (const [name, step] of Object.entries(isObject(action.steps) ? action.steps : {})) {
    const commands = isObject(step) && isObject(step.commands) ? step.commands : {};
    for (const [command, value] of Object.entries(commands)) {
      if (isObject(value)) yield [JSON.stringify([name, command]), value];
    }
  }
}

/**
 * Whether `diff` lets a host go on that waits for these commands. As hosts take it, what names commands is for those that
 * it names; else whatever comes is an answer, but for a bare wish to pause.
 */
function letsGoOn(diff, touched, waiting) {
  if (waiting.length === 0) return false;
  if (touched.length > 0) return touched.some((path) => waiting.includes(path));
  return diff.execution_type !== pause || diff.steps !== undefined;
}

export class Prompts {
  /** @type {Map<string, {user: string, commands: Set<string>, until: number}>} action: its last answer */
  #answered = new Map();

  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /**
   * A user's diff for `action`, as it is known. Another user may have answered already: then this says so.
   * @returns {string | undefined}
   */
  answer(uuid, action, diff, user) {
    const waiting = [];
    for (const [path, command] of commandsOf(action)) if (asking.has(command.status) && command.skip !== true) waiting.push(path);
    const touched = [...commandsOf(diff)].map(([path]) => path);
    const isAnswer = letsGoOn(diff, touched, waiting);
    const last = this.#answered.get(uuid);
    if (last !== undefined && last.user !== user) {
      const isLate = !isAnswer && touched.some((path) => last.commands.has(path));
      if (isLate || (isAnswer && last.until > this.now())) return 'another user has answered this already';
    }
    if (isAnswer) this.#answered.set(uuid, { user, commands: new Set(waiting), until: this.now() + pendingFor });
    return undefined;
  }

  /** The host says something of the action: what was answered has arrived, or it asks anew. */
  heard(uuid, diff) {
    const last = this.#answered.get(uuid);
    if (!last) return;
    for (const [path] of commandsOf(diff)) if (last.commands.has(path)) last.until = 0;
  }
  /** A whole action replaces what was known. */
  forget(uuid) {
    this.#answered.delete(uuid);
  }
  userGone(user) {
    for (const last of this.#answered.values()) if (last.user === user) last.until = 0;
  }
}
