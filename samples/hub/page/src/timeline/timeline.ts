// What a host's loop, main thread and workers did in the last minute, and for whom.
import { signal } from '@preact/signals';
import type { Object_ } from '../wire.ts';
import { touch } from '../state/frame.ts';
import { readMetrics, type Sample } from './metrics.ts';

export class Timeline {
  static readonly span = 60_000; // ms
  readonly version = signal(0);
  /** Oldest first. */
  readonly samples: Sample[] = [];

  /** A front event; one that is no metrics is not for here. */
  add(event: Object_, now = Date.now()): void {
    const sample = readMetrics(event, now);
    if (!sample) return;
    this.samples.push(sample);
    const old = this.samples.findIndex((one) => one.at > now - Timeline.span);
    if (old > 30) this.samples.splice(0, old);
    touch(this.version);
  }
}
