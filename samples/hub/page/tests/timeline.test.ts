import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleWith } from '../src/state/frame.ts';
import { seriesCount, Timeline } from '../src/timeline/timeline.ts';

scheduleWith(() => {});
const metrics = (...actions: string[]) => ({ type: 'metrics', seconds: 0.5, main: { tasks: actions.map((action) => ({ name: 'task', action, busy: 0.01 })) } });
const names = (count: number) => Array.from({ length: count }, (_, n) => `action ${n}`);

test('those that are seen at once have colours of their own, as long as there are enough', () => {
  const timeline = new Timeline();
  const all = names(seriesCount);
  for (const name of all) timeline.add(metrics(name), 0);
  assert.deepEqual(all.map((name) => timeline.seriesOf(name)), all.map((_, n) => n + 1));
  const more = new Timeline();
  more.add(metrics(...names(2 * seriesCount)), 0);
  const slots = names(2 * seriesCount).map((name) => more.seriesOf(name));
  assert.deepEqual(slots.filter((slot) => slot === 1).length, 2, 'then two have each');
});

test('a colour is kept, and free again when its owner is seen no more', () => {
  const timeline = new Timeline();
  timeline.add(metrics('first'), 0);
  for (let n = 0; n < 40; n += 1) timeline.add(metrics('second'), 1000 + n);
  assert.deepEqual([timeline.seriesOf('first'), timeline.seriesOf('second')], [1, 2]);
  for (let n = 0; n < 40; n += 1) timeline.add(metrics('second'), Timeline.span + 2000 + n);
  timeline.add(metrics('third'), Timeline.span + 3000);
  assert.deepEqual([timeline.seriesOf('third'), timeline.seriesOf('second')], [1, 2]);
});
