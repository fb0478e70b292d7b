// Events of one socket: each is checked, handled in order, and acknowledged, where its sender wants to know.
import { Refusal, quoted, refused } from './answer.js';
import { cutOff } from './goodbye.js';
import { sizeOf } from './json.js';
import { Rate } from './rate.js';

/** @typedef {import('./answer.js').Answer} Answer */

/** @type {WeakMap<object, {events: Rate, tail: Promise<void> | null}>} by Engine.IO connection */
const lines = new WeakMap();

function lineOf(conn, limits) {
  let line = lines.get(conn);
  if (!line) {
    line = { events: new Rate(limits.eventsPerSecond, limits.eventBurst), tail: null };
    lines.set(conn, line);
  }
  return line;
}

/**
 * Answers every event of `socket` with what `handle(name, data)` returns or, as a Refusal, throws.
 * @param {import('socket.io').Socket} socket
 * @param {import('./limits.js').Limits} limits
 * @param {(name: string, data: unknown) => Answer | Promise<Answer>} handle
 * @param {(sentence: string) => void} log
 */
export function serve(socket, limits, handle, log) {
  const line = lineOf(socket.conn, limits);

  const check = (args) => {
    if (!line.events.take()) {
      if (line.events.exhausted) cutOff(socket.conn);
      throw new Refusal(`too many events: at most ${limits.eventsPerSecond} a second; slow down and send it again`);
    }
    if (args.length > 1) throw new Refusal(`the event has ${args.length} arguments: send one, as JSON`);
    sizeOf(args[0] ?? null, limits.depth);
  };
  const refusal = (error) => {
    if (error instanceof Refusal) return refused(error.message);
    log(`an error of the hub's own, please report it: ${error.stack}`);
    return refused('the hub failed at this; its log says more');
  };
  const answerLater = async (promise, ack) => {
    try {
      ack(await promise);
    } catch (error) {
      ack(refusal(error));
    }
  };

  // Most events are answered at once. Where one has to wait, the connection's next ones wait behind it.
  const answer = (name, args, ack) => {
    try {
      check(args);
      if (line.tail) {
        const turn = line.tail.then(() => answerLater(handle(name, args[0]), ack)).catch((error) => ack(refusal(error)));
        return queue(turn);
      }
      const done = handle(name, args[0]);
      if (done instanceof Promise) return queue(answerLater(done, ack));
      ack(done);
    } catch (error) {
      ack(refusal(error));
    }
  };
  const queue = (turn) => {
    line.tail = turn;
    turn.then(() => {
      if (line.tail === turn) line.tail = null;
    });
  };

  socket.onAny((name, ...args) => {
    const ack = typeof args.at(-1) === 'function' ? args.pop() : () => {};
    answer(name, args, ack);
  });
}

/** The object that an event must have. @returns {Record<string, any>} */
export function requireObject(data, what) {
  if (data !== null && typeof data === 'object' && !Array.isArray(data)) return data;
  throw new Refusal(`${what} is no object: send {...}`);
}

export const unknownEvent = (name, nsp) => {
  throw new Refusal(`${nsp} has no event ${quoted(name)}`);
};
