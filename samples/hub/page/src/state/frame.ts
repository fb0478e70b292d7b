// What changed is drawn once a frame, however many diffs arrive: they are merged at once, and the signals of what they
// changed are raised together before the next frame.
import { batch, type Signal } from '@preact/signals';

const changed = new Set<Signal<number>>();
let isScheduled = false;
let schedule = (run: () => void): void => void requestAnimationFrame(run);

/** For tests, which have no frames. */
export function scheduleWith(other: (run: () => void) => void): void {
  schedule = other;
}

export function touch(version: Signal<number>): void {
  changed.add(version);
  if (isScheduled) return;
  isScheduled = true;
  schedule(flush);
}

export function flush(): void {
  isScheduled = false;
  const now = [...changed];
  changed.clear();
  batch(() => now.forEach((version) => (version.value += 1)));
}
