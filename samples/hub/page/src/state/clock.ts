// The time for what counts up or down on the page: raised once a second, only while somebody looks at it.
import { signal } from '@preact/signals';

export const seconds = signal(Date.now(), {
  watched() {
    timer = setInterval(() => (seconds.value = Date.now()), 1000);
    seconds.value = Date.now();
  },
  unwatched() {
    clearInterval(timer);
  },
});
let timer: ReturnType<typeof setInterval> | undefined;

/** "8 s", "3 min", "2 h" */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1000));
  if (whole < 90) return `${whole} s`;
  return whole < 5400 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}
export const timeOfDay = (at: number): string => new Date(at).toTimeString().slice(0, 8);
