// One host: who it is, whether it is well, and what it was warned of.
import { signal } from '@preact/signals';
import { number, text, type Object_ } from '../wire.ts';
import { Timeline } from '../timeline/timeline.ts';
import { touch } from './frame.ts';

export type HostState = 'live' | 'busy' | 'gone';

/** What holds something up now. */
export interface Stall {
  kind: 'loop' | 'host';
  name: string; // the culprit's; "" where nobody is known
  message: string;
  since: number; // ms since the epoch
}
export interface Warning {
  number: number;
  at: number;
  type: string;
  name: string;
  seconds: number;
  message: string;
}

export class Host {
  static readonly mostWarnings = 200;
  static readonly sameWithin = 1000; // milliseconds
  readonly version = signal(0);
  readonly timeline = new Timeline();
  readonly warnings: Warning[] = [];
  readonly stalls = new Map<Stall['kind'], Stall>();
  goneSince = 0; // 0: it is here
  #count = 0;

  constructor(readonly uuid: string, public context: Object_) {}

  get name(): string {
    return text(this.context['name']) || text(this.context['dcc'], 'host');
  }
  get dcc(): string {
    return text(this.context['dcc']);
  }
  get state(): HostState {
    return this.goneSince ? 'gone' : this.stalls.size ? 'busy' : 'live';
  }
  get worst(): Stall | undefined {
    return this.stalls.get('host') ?? this.stalls.get('loop');
  }

  arrive(context: Object_): void {
    this.context = context;
    this.goneSince = 0;
    touch(this.version);
  }
  leave(): void {
    if (!this.goneSince) this.goneSince = Date.now();
    this.forgetStalls();
  }
  /** Whatever held it up: where nobody tells when that ends, or where it is told anew. */
  forgetStalls(): void {
    this.stalls.clear();
    touch(this.version);
  }

  /** What its watchdogs see: a "hostStatus". */
  warn(status: Object_): void {
    const warning: Warning = {
      number: (this.#count += 1),
      at: Date.now(),
      type: text(status['type']),
      name: text(status['name']),
      seconds: number(status['seconds'], 0),
      message: text(status['message']),
    };
    const since = (one: Warning): number => one.at - one.seconds * 1000;
    // What lasts is told again to a page that comes back: the same one stands in the list already.
    let toldAgain = false;
    const begin = (kind: Stall['kind'], end: string): void => {
      this.stalls.set(kind, { kind, name: warning.name, message: warning.message, since: since(warning) });
      const last = this.warnings.find(({ type }) => type === warning.type || type === end);
      toldAgain = last?.type === warning.type && last.name === warning.name && Math.abs(since(last) - since(warning)) < Host.sameWithin;
    };
    switch (warning.type) {
      case 'loopStalled': begin('loop', 'loopResumed'); break;
      case 'loopResumed': this.stalls.delete('loop'); break;
      case 'hostBusy': begin('host', 'hostResponsive'); break;
      case 'hostResponsive': this.stalls.delete('host'); break;
      case 'hostGone': this.stalls.clear(); break;
    }
    if (!toldAgain) this.warnings.unshift(warning);
    this.warnings.length = Math.min(this.warnings.length, Host.mostWarnings);
    touch(this.version);
  }
}
