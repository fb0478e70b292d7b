// The lines that an action's commands have logged, in the order in which they arrived.
import { signal } from '@preact/signals';
import { touch } from './frame.ts';
import type { LogLine } from '../wire.ts';

export interface JournalLine extends LogLine {
  number: number;
  at: number; // ms since the epoch; 0: before anybody listened
  command: string; // label
}

const isSame = (a: LogLine, b: LogLine): boolean => a.level === b.level && a.message === b.message;

/**
 * What a command's `logs` have beyond the lines of it that are `known`. Logs come whole, but for the oldest lines, which a
 * host drops when there are many: so they begin with what the known ones end with, as much of it as fits.
 */
export function newLines(known: readonly LogLine[], logs: readonly LogLine[]): LogLine[] {
  // Knuth, Morris and Pratt: borders[n] is how many of the first n + 1 lines of `logs` they end with again.
  const borders = [0];
  /** `count` lines of `logs` end before `line`: how many end with it? */
  const extend = (count: number, line: LogLine): number => {
    while (count > 0 && (count === logs.length || !isSame(logs[count]!, line))) count = borders[count - 1]!;
    return count < logs.length && isSame(logs[count]!, line) ? count + 1 : 0;
  };
  for (const line of logs.slice(1)) borders.push(extend(borders.at(-1)!, line));
  return logs.slice(known.reduce(extend, 0));
}

export class Journal {
  /** What is older is still in the logs of its command. */
  static readonly most = 10_000;
  readonly version = signal(0);
  readonly lines: JournalLine[] = [];
  #count = 0;

  add(command: string, lines: readonly LogLine[], at: number): void {
    for (const line of lines) this.lines.push({ ...line, at, command, number: (this.#count += 1) });
    if (this.lines.length > Journal.most * 1.1) this.lines.splice(0, this.lines.length - Journal.most);
    if (lines.length > 0) touch(this.version);
  }
  get count(): number {
    return this.#count;
  }
}
