// The lines that an action's commands have logged, in the order in which they arrived.
import { signal } from '@preact/signals';
import { touch } from './frame.ts';
import type { LogLine } from '../wire.ts';

export interface JournalLine extends LogLine {
  number: number;
  at: number; // ms since the epoch
  command: string; // label
}

export class Journal {
  /** What is older is still in the logs of its command. */
  static readonly most = 10_000;
  readonly version = signal(0);
  readonly lines: JournalLine[] = [];
  #count = 0;

  add(command: string, lines: readonly LogLine[]): void {
    const at = Date.now();
    for (const line of lines) this.lines.push({ ...line, at, command, number: (this.#count += 1) });
    if (this.lines.length > Journal.most * 1.1) this.lines.splice(0, this.lines.length - Journal.most);
    if (lines.length > 0) touch(this.version);
  }
  get count(): number {
    return this.#count;
  }
}
