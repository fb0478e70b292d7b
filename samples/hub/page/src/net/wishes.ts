// What a user wishes of an action; what the hub refuses is shown as a notice.
import type { LiveAction } from '../state/action.ts';
import { notify } from '../state/notices.ts';
import { Execution, type Object_ } from '../wire.ts';
import { say } from './link.ts';

async function wish(event: string, data: Object_, refusal: string): Promise<boolean> {
  const answer = await say(event, data);
  if (!answer.ok) notify('problem', `${refusal}: ${answer.message}`);
  return answer.ok;
}

export const cancel = ({ uuid, label }: LiveAction) => wish('clearAction', { uuid }, `"${label}" is not cancelled`);
export const undo = ({ uuid, label }: LiveAction, full: boolean) =>
  wish('undoLastCommand', { uuid, full }, `"${label}" is not undone`);

const steer = ({ uuid, label }: LiveAction, how: Object_) => wish('actionUpdate', { uuid, ...how }, `"${label}"`);
export async function pause(action: LiveAction): Promise<void> {
  if (await steer(action, { execution_type: Execution.pause })) action.pauses();
}
export const goOn = (action: LiveAction) => steer(action, { execution_type: Execution.forward });
export const step = (action: LiveAction) => steer(action, { execution_type: Execution.forward, step_by_step: true });

/** `steps` is the diff of what was answered. */
export const answer = ({ uuid, label }: LiveAction, steps: Object_) =>
  wish('actionUpdate', { uuid, steps }, `Your answer to "${label}" does not count`);
