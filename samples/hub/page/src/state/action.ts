// One action: its tree as the host tells it, and which parts of the page a diff changes.
import { signal, type Signal } from '@preact/signals';
import { entries, Execution, isObject, labelOf, logsOf, member, number, Status, text, type Object_ } from '../wire.ts';
import { draftKey, Drafts } from './drafts.ts';
import { touch } from './frame.ts';
import { Journal, newLines } from './journal.ts';
import { merge } from './merge.ts';

export interface StepRow {
  kind: 'step';
  key: string;
  step: string;
}
export interface CommandRow {
  kind: 'command';
  key: string;
  step: string;
  command: string;
}
export type Row = StepRow | CommandRow;

export type Phase = 'running' | 'waiting' | 'paused' | 'ready' | 'undoing' | 'failed' | 'completed' | 'ended';

export interface Summary {
  total: number;
  done: number;
  fraction: number; // 0 to 1
  current: string; // label of what runs, waits or has failed
}

export const keyOf = (step: string, command: string): string => JSON.stringify([step, command]);

export class LiveAction {
  /** Raised when its head changes: label, status, progress. */
  readonly version = signal(0);
  /** Raised when its rows do. */
  readonly structure = signal(0);
  readonly journal = new Journal();
  readonly drafts = new Drafts();
  /** Why it is no longer known to the hub; "" while it is. */
  ended = '';
  /** The hub has forwarded the wish to pause, of which hosts say nothing before they do. */
  willPause = false;
  data: Object_ = {};
  #commands = new Map<string, Signal<number>>();
  #rows: Row[] | null = null;
  #commandRows: CommandRow[] = [];
  #summary: Summary | null = null;

  constructor(readonly uuid: string, whole: Object_) {
    this.replace(whole);
  }

  get label(): string {
    return labelOf(this.data, text(this.data['name'], 'Action'));
  }
  get host(): string {
    return text(member(this.data['context_metadata'], 'uuid'));
  }
  get status(): number {
    return number(this.data['status'], Status.initialized);
  }
  step(name: string): Object_ {
    const step = member(this.data['steps'], name);
    return isObject(step) ? step : {};
  }
  command(step: string, name: string): Object_ {
    const command = member(member(this.step(step), 'commands'), name);
    return isObject(command) ? command : {};
  }
  commandVersion(step: string, command: string): Signal<number> {
    const key = keyOf(step, command);
    let version = this.#commands.get(key);
    if (!version) this.#commands.set(key, (version = signal(0)));
    return version;
  }

  get phase(): Phase {
    if (this.ended) return 'ended';
    const execution = this.data['execution_type'];
    if (execution === Execution.backward) return 'undoing';
    switch (this.status) {
      case Status.completed: return 'completed';
      case Status.waiting: return 'waiting';
      case Status.invalid:
      case Status.error: return 'failed';
      case Status.processing: return execution === Execution.pause ? 'paused' : 'running';
      default: return execution === Execution.pause ? 'ready' : 'running';
    }
  }

  /** What is listed: of a simplified action the steps alone. */
  rows(): readonly Row[] {
    if (this.#rows) return this.#rows;
    const isSimple = this.data['simplify'] === true;
    const steps = entries(this.data['steps']).filter(([, step]) => step['hide'] !== true);
    steps.sort(([, a], [, b]) => number(a['index'], 0) - number(b['index'], 0));
    const rows: Row[] = [];
    this.#commandRows = [];
    for (const [step, part] of steps) {
      rows.push({ kind: 'step', key: JSON.stringify([step]), step });
      for (const [command, its] of entries(part['commands'])) {
        if (its['hide'] === true) continue;
        const row: CommandRow = { kind: 'command', key: keyOf(step, command), step, command };
        this.#commandRows.push(row);
        if (!isSimple) rows.push(row);
      }
    }
    this.#rows = rows;
    return rows;
  }
  commandRows(): readonly CommandRow[] {
    this.rows();
    return this.#commandRows;
  }

  summary(): Summary {
    if (this.#summary) return this.#summary;
    let [total, done, progress, current] = [0, 0, 0, ''];
    for (const row of this.commandRows()) {
      const command = this.command(row.step, row.command);
      total += 1;
      if (command['status'] === Status.completed) done += 1;
      else if (command['status'] !== Status.initialized) {
        progress += Math.min(100, Math.max(0, number(command['progress'], 0))) / 100;
        current ||= labelOf(command, row.command);
      }
    }
    const fraction = total ? (done + progress) / total : this.status === Status.completed ? 1 : 0;
    this.#summary = { total, done, fraction, current };
    return this.#summary;
  }

  /** A whole action, which may be one that is known already: after a reconnect. */
  replace(whole: Object_): void {
    const before = this.data;
    this.data = whole;
    this.ended = '';
    for (const [name, step] of entries(whole['steps'])) {
      for (const [command, its] of entries(step['commands'])) {
        const known = member(member(member(before['steps'], name), 'commands'), command);
        // When they were said, nobody knows.
        this.journal.add(labelOf(its, command), newLines(logsOf(known), logsOf(its)), 0);
        this.#asked(name, command, its, known, false);
      }
    }
    this.willPause &&= this.phase === 'running';
    this.#restructured();
    this.#commands.forEach(touch);
  }

  merge(diff: Object_): void {
    for (const [step, part] of entries(diff['steps'])) {
      const known = this.step(step);
      if (Object.keys(known).length === 0 || 'hide' in part || 'index' in part) this.#restructured();
      for (const [command, its] of entries(part['commands'])) {
        const before = this.command(step, command);
        if (Object.keys(before).length === 0 || 'hide' in its) this.#restructured();
        if ('logs' in its) this.journal.add(labelOf(its, labelOf(before, command)), newLines(logsOf(before), logsOf(its)), Date.now());
        this.#asked(step, command, its, before, true);
        const version = this.#commands.get(keyOf(step, command));
        if (version) touch(version);
      }
    }
    merge(this.data, diff);
    this.willPause &&= this.phase === 'running';
    this.#summary = null;
    touch(this.version);
  }

  pauses(): void {
    this.willPause = this.phase === 'running';
    touch(this.version);
  }
  end(why: string): void {
    if (this.ended) return;
    this.willPause = false;
    this.ended = why;
    touch(this.version);
    this.#commands.forEach(touch);
  }

  #restructured(): void {
    this.#rows = null;
    this.#summary = null;
    touch(this.structure);
    touch(this.version);
  }
  /** What was typed for a question is none for the next one of that name, nor for one that the host has had it for. */
  #asked(step: string, command: string, told: Object_, before: unknown, isNews: boolean): void {
    for (const [name, its] of entries(told['parameters'])) {
      const key = draftKey(step, command, name);
      const known = member(member(before, 'parameters'), name);
      if ('uuid' in its && its['uuid'] !== member(known, 'uuid')) this.drafts.forget(key);
      else if (isNews && 'value' in its) this.drafts.forgetSent(key);
    }
  }
}
