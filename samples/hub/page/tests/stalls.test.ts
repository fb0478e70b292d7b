import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleWith } from '../src/state/frame.ts';
import { Store } from '../src/state/store.ts';

scheduleWith(() => {});
const stalled = { type: 'loopStalled', name: 'Greedy', seconds: 12, message: 'held', uuid: 'h' };
const contexts = { h: { uuid: 'h', name: 'shot' } };

test('a stall that began before the page was opened has lasted as long as the hub says', () => {
  const store = new Store();
  store.resetHosts(contexts);
  store.frontEvent(stalled);
  const { state, worst } = store.hosts.get('h')!;
  assert.equal(state, 'busy');
  assert.equal(worst!.name, 'Greedy');
  assert.ok(Math.abs(Date.now() - 12_000 - worst!.since) < 5000);
});

test('a stall that ended while the page was away is not shown any more: what lasts is told again', () => {
  const store = new Store();
  store.resetHosts(contexts);
  store.frontEvent(stalled);
  store.resetHosts(contexts);
  assert.equal(store.hosts.get('h')!.state, 'live');
  store.frontEvent(stalled);
  assert.equal(store.hosts.get('h')!.state, 'busy');
  store.hostArrives(contexts.h);
  assert.equal(store.hosts.get('h')!.state, 'busy', 'a host that only introduces itself again is held up as before');
});

test('a stall that is told again to a page that came back is listed once', () => {
  const store = new Store();
  store.resetHosts(contexts);
  store.frontEvent(stalled);
  store.resetHosts(contexts);
  store.frontEvent(stalled);
  const { warnings } = store.hosts.get('h')!;
  assert.equal(warnings.length, 1);
  store.frontEvent({ ...stalled, type: 'loopResumed' });
  store.frontEvent({ ...stalled, seconds: 1 });
  assert.deepEqual(warnings.map(({ type, seconds }) => [type, seconds]), [['loopStalled', 1], ['loopResumed', 12], ['loopStalled', 12]]);
});
