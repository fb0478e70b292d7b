// What a host's loop, main thread and workers did in the last minute, and for whom.
import { signal } from '@preact/signals';
import type { Object_ } from '../wire.ts';
import { touch } from '../state/frame.ts';
import { lanes, readMetrics, type Sample } from './metrics.ts';

/** Slots of the palette in tokens.css: --series-1 and on. */
export const seriesCount = 6;

export class Timeline {
  static readonly span = 60_000; // ms
  readonly version = signal(0);
  /** Oldest first. */
  readonly samples: Sample[] = [];
  #series = new Map<string, number>();

  /** A front event; one that is no metrics is not for here. */
  add(event: Object_, now = Date.now()): void {
    const sample = readMetrics(event, now);
    if (!sample) return;
    this.samples.push(sample);
    for (const lane of lanes) for (const { who } of sample[lane]) if (!this.#series.has(who)) this.#giveSeries(who);
    const old = this.samples.findIndex((one) => one.at > now - Timeline.span);
    if (old > 30) this.samples.splice(0, old);
    touch(this.version);
  }

  /** The slot that `who` has kept since it appeared. */
  seriesOf(who: string): number {
    return this.#series.get(who) ?? 1;
  }
  /** The first one that nobody has who is still to be seen; where there is none, the one that the fewest have. */
  #giveSeries(who: string): void {
    const seen = new Set(this.samples.flatMap((sample) => lanes.flatMap((lane) => sample[lane].map((share) => share.who))));
    const users = Array.from({ length: seriesCount }, () => 0);
    for (const [one, slot] of this.#series) {
      if (seen.has(one)) users[slot - 1]! += 1;
      else this.#series.delete(one);
    }
    this.#series.set(who, users.indexOf(Math.min(...users)) + 1);
  }
}
