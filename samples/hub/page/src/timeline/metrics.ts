// A host's "metrics" on /front-event, as sdk/docs/front_events.md has them, read so that nothing in it can surprise.
import { isObject, number, text, type Object_ } from '../wire.ts';

export const lanes = ['loop', 'main', 'workers'] as const;
export type LaneName = (typeof lanes)[number];

/** What one action, or somebody else, took of a lane. */
export interface Share {
  who: string; // the action's uuid, or the task's name
  name: string;
  part: number; // 0 to 1 of the lane
}
export interface Sample {
  at: number; // its end, ms since the epoch
  span: number; // ms
  loop: Share[];
  main: Share[];
  workers: Share[];
  threads: number;
  callsWaiting: number;
  jobsWaiting: number;
}

/** A lane's tasks, as parts of what there was to be had. */
function shares(lane: unknown, seconds: number): Share[] {
  const tasks = isObject(lane) && Array.isArray(lane['tasks']) ? lane['tasks'].filter(isObject) : [];
  let left = 1;
  return tasks.slice(0, 32).map((task) => {
    const part = Math.min(left, Math.max(0, number(task['busy'], 0) / seconds));
    left -= part;
    const name = text(task['name']) || 'others';
    return { who: text(task['action']) || name, name, part };
  });
}

export function readMetrics(event: Object_, now: number): Sample | null {
  if (text(event['type']) !== 'metrics') return null;
  const seconds = number(event['seconds'], 0);
  if (seconds <= 0) return null;
  const workers = isObject(event['workers']) ? event['workers'] : {};
  const threads = Math.max(1, number(workers['threads'], 1));
  return {
    at: now,
    span: seconds * 1000,
    loop: shares(event['loop'], seconds),
    main: shares(event['main'], seconds),
    workers: shares(workers, seconds * threads),
    threads,
    callsWaiting: number(event['calls_waiting'], 0),
    jobsWaiting: number(event['jobs_waiting'], 0),
  };
}
