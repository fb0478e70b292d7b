// What a status is called, and its sign: a colour never stands alone.
import { Status } from '../wire.ts';
import type { Phase } from '../state/action.ts';
import type { HostState } from '../state/host.ts';
import type { IconName } from './Icon.tsx';

export interface Look {
  tone: 'quiet' | 'live' | 'run' | 'wait' | 'fine' | 'bad' | 'odd';
  icon: IconName;
  label: string;
}

export const phaseLooks: Record<Phase, Look> = {
  running: { tone: 'run', icon: 'run', label: 'Running' },
  waiting: { tone: 'wait', icon: 'question', label: 'Needs you' },
  paused: { tone: 'odd', icon: 'pause', label: 'Paused' },
  ready: { tone: 'quiet', icon: 'idle', label: 'Ready' },
  undoing: { tone: 'run', icon: 'undo', label: 'Undoing' },
  failed: { tone: 'bad', icon: 'error', label: 'Failed' },
  completed: { tone: 'fine', icon: 'check', label: 'Completed' },
  ended: { tone: 'quiet', icon: 'stop', label: 'Ended' },
};

const commandLooks: Record<number, Look> = {
  [Status.completed]: { tone: 'fine', icon: 'check', label: 'Completed' },
  [Status.initialized]: { tone: 'quiet', icon: 'idle', label: 'To do' },
  [Status.waiting]: { tone: 'wait', icon: 'question', label: 'Needs you' },
  [Status.processing]: { tone: 'run', icon: 'run', label: 'Running' },
  [Status.invalid]: { tone: 'bad', icon: 'warning', label: 'Invalid' },
  [Status.error]: { tone: 'bad', icon: 'error', label: 'Failed' },
};
const skipped: Look = { tone: 'quiet', icon: 'skip', label: 'Skipped' };

export function commandLook(status: unknown, skip: boolean): Look {
  if (skip && (status === Status.completed || status === Status.initialized)) return skipped;
  return commandLooks[Number(status)] ?? commandLooks[Status.initialized]!;
}

export const hostLooks: Record<HostState, Look> = {
  live: { tone: 'live', icon: 'live', label: 'Live' },
  busy: { tone: 'wait', icon: 'warning', label: 'Busy' },
  gone: { tone: 'quiet', icon: 'gone', label: 'Gone' },
};
