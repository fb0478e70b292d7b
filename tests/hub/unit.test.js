// The hub's parts by themselves: bounds of the store, merging, batches, rates, what may be launched.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal, quoted } from '../../samples/hub/src/answer.js';
import { Batches } from '../../samples/hub/src/batch.js';
import { growth, merge, sizeOf } from '../../samples/hub/src/json.js';
import { LaunchRules } from '../../samples/hub/src/launch.js';
import { defaultLimits } from '../../samples/hub/src/limits.js';
import { Prompts } from '../../samples/hub/src/prompts.js';
import { Rate } from '../../samples/hub/src/rate.js';
import { serve, unknownEvent } from '../../samples/hub/src/serve.js';
import { Store } from '../../samples/hub/src/store.js';

const whole = (uuid, more = {}) => ({ uuid, context_metadata: { uuid: 'h' }, ...more });

describe('merge', () => {
  test('objects merge, everything else replaces, nothing is removed', () => {
    const into = { a: { x: 1, list: [1, 2] }, kept: 1, was: { an: 'object' } };
    merge(into, { a: { y: 2, list: [3] }, was: null, now: { deep: { er: 1 } } });
    assert.deepEqual(into, { a: { x: 1, y: 2, list: [3] }, kept: 1, was: null, now: { deep: { er: 1 } } });
  });
  test('takes no object of the diff, so that the next merge does not change it', () => {
    const diff = { a: { b: {} } };
    const one = merge({}, diff);
    merge(one, { a: { b: { c: 1 } } });
    assert.deepEqual(diff, { a: { b: {} } });
  });
  test('grows by what growth() said before, whatever is merged', () => {
    let state = 1;
    const random = (n) => (state = (state * 48271) % 2147483647) % n;
    const value = (depth) => {
      const kind = random(depth > 0 ? 6 : 4);
      if (kind === 0) return null;
      if (kind === 1) return random(1000);
      if (kind === 2) return 'x'.repeat(random(20));
      if (kind === 3) return Array.from({ length: random(4) }, () => random(9));
      return Object.fromEntries(Array.from({ length: random(5) }, () => [`k${random(6)}`, value(depth - 1)]));
    };
    const into = {};
    for (let i = 0; i < 2000; ++i) {
      const diff = { [`k${random(6)}`]: value(4) };
      const wanted = sizeOf(into, 64) + growth(into, diff, 64);
      merge(into, diff);
      assert.equal(sizeOf(into, 64), wanted);
    }
  });
});

describe('the store', () => {
  const store = (limits) => new Store({ ...defaultLimits, ...limits });
  test('gives back every byte with the host', () => {
    const all = store();
    all.putContext({ uuid: 'h' });
    for (let i = 0; i < 100; ++i) all.putAction(`a${i}`, whole(`a${i}`), 'h');
    all.mergeAction('a1', all.action('a1'), { more: 'x'.repeat(1000) });
    all.putAction('a2', whole('a2', { again: true }), 'h');
    assert.ok(all.bytes > 1000);
    assert.ok(all.forgetContext('h'));
    assert.equal(all.bytes, 0);
    assert.deepEqual([all.actionCount, all.hostCount, all.actionsOf('h')], [0, 0, []]);
  });
  test('refuses with a sentence what is beyond its bounds, and keeps what it has', () => {
    const bounds = [
      [{ contexts: 2 }, (all) => { for (const uuid of 'abc') all.putContext({ uuid }); }, /2 hosts are connected already/],
      [{ contextBytes: 100 }, (all) => all.putContext({ uuid: 'h', x: 'x'.repeat(200) }), /at most 100/],
      [{ actionsPerHost: 2 }, (all) => { for (const uuid of 'abc') all.putAction(uuid, whole(uuid), 'h'); }, /runs 2 actions already/],
      [{ actionBytes: 100 }, (all) => all.putAction('a', whole('a', { x: 'x'.repeat(200) }), 'h'), /at most 100/],
      [{ actionBytes: 200 }, (all) => {
        all.putAction('a', whole('a'), 'h');
        for (let i = 0; i < 50; ++i) all.mergeAction('a', all.action('a'), { [`k${i}`]: i });
      }, /at most 200/],
      [{ totalBytes: 1000 }, (all) => { for (let i = 0; i < 99; ++i) all.putAction(`a${i}`, whole(`a${i}`), 'h'); }, /may not hold more than 1000/],
    ];
    for (const [limits, fill, why] of bounds) {
      const all = store(limits);
      assert.throws(() => fill(all), (error) => error instanceof Refusal && why.test(error.message));
      const bytes = all.bytes;
      assert.throws(() => fill(all), Refusal);
      assert.ok(all.bytes <= Math.max(bytes, 1000));
    }
  });
  test('an action that is only rewritten does not grow', () => {
    const all = store({ actionBytes: 300 });
    all.putAction('a', whole('a'), 'h');
    for (let i = 0; i < 1000; ++i) all.mergeAction('a', all.action('a'), { logs: ['x'.repeat(100)], n: i });
    assert.equal(all.action('a').bytes, sizeOf(all.action('a').whole, 64));
  });
});

test('batches: diffs of one action go as one, after some milliseconds, and a flush does not wait', () => {
  const timers = [];
  const later = (call, milliseconds) => timers.push([call, milliseconds]);
  const passes = () => timers.shift()[0]();
  const sent = [];
  const batches = new Batches(10, (diff) => sent.push(diff), later);
  batches.add('a', { uuid: 'a', steps: { s: { n: 1 } } });
  batches.add('a', { uuid: 'a', steps: { s: { m: 2 } } });
  batches.add('b', { uuid: 'b', n: 1 });
  assert.deepEqual(timers.map(([, milliseconds]) => milliseconds), [10]);
  assert.deepEqual(sent, []);
  batches.flush('b');
  assert.deepEqual(sent, [{ uuid: 'b', n: 1 }]);
  passes();
  assert.deepEqual(sent.slice(1), [{ uuid: 'a', steps: { s: { n: 1, m: 2 } } }]);
  batches.add('c', { uuid: 'c' });
  batches.drop('c');
  passes();
  assert.equal(sent.length, 2);
  assert.equal(timers.length, 0);
});

test('a rate fills with time, and who never stops gets nothing', () => {
  let now = 0;
  const rate = new Rate(10, 20, () => now);
  for (let i = 0; i < 20; ++i) assert.ok(rate.take());
  assert.ok(!rate.take());
  assert.ok(!rate.exhausted);
  for (let i = 0; i < 40; ++i) rate.take();
  assert.ok(rate.exhausted);
  now = 1900;
  assert.ok(!rate.take());
  now = 3000;
  assert.ok(rate.take());
});

test('an answer that no host reacts to keeps others waiting for half a minute, no longer', () => {
  let now = 0;
  const prompts = new Prompts(() => now);
  const action = { steps: { s: { commands: { c: { status: 2 } } } } };
  const diff = { steps: { s: { commands: { c: { parameters: {} } } } } };
  assert.equal(prompts.answer('a', action, diff, 'one'), undefined);
  now = 29_000;
  assert.match(prompts.answer('a', action, diff, 'two'), /already/);
  now = 31_000;
  assert.equal(prompts.answer('a', action, diff, 'two'), undefined);
});

describe('what may be launched', () => {
  const stored = (...contexts) => {
    const store = new Store(defaultLimits);
    for (const context of contexts) store.putContext(context);
    return store;
  };
  const store = stored(
    { uuid: 'm', dcc: 'maya', project: 'north', launchable: ['publish', { name: 'build', label: 'Build' }] },
    { uuid: 'b', dcc: 'blender', launchable: ['publish', 7, { name: '../etc' }] },
    { uuid: 'old', dcc: 'nuke' },
  );
  test('is what hosts offer', () => {
    const rules = new LaunchRules();
    assert.equal(rules.choose(store, { action: 'build' }), 'm');
    assert.equal(rules.choose(store, { action: 'publish', dcc: 'blender' }), 'b');
    assert.equal(rules.choose(store, { action: 'publish', uuid: 'b' }), 'b');
    assert.equal(rules.choose(store, { action: 'publish', projectName: 'north', dcc: 'maya' }), 'm');
    assert.deepEqual(rules.of(store.context('b')), [{ name: 'publish' }]);
    const refused = [
      [{}, /name one/], [{ action: 7 }, /no name of an action/], [{ action: '../etc' }, /no name/], [{ action: 'rm -rf /' }, /no name/],
      [{ action: 'build', dcc: 'blender' }, /may not be launched/], [{ action: 'publish', dcc: 'houdini' }, /no "houdini" host/],
      [{ action: 'publish', uuid: 'gone' }, /no host "gone"/], [{ action: 'publish', dcc: 'maya', projectName: 'south' }, /is connected/],
      [{ action: 'publish', dcc: 'nuke' }, /may not be launched/],
    ];
    for (const [launch, why] of refused) assert.throws(() => rules.choose(store, launch), why);
  });
  test('is less where the hub allows less; hosts that offer nothing are then trusted', () => {
    const rules = new LaunchRules(['publish']);
    assert.throws(() => rules.choose(store, { action: 'build' }), /does not allow/);
    assert.equal(rules.choose(store, { action: 'publish', dcc: 'nuke' }), 'old');
    assert.throws(() => new LaunchRules(['a;b']), /no name of an action/);
  });
  test('goes to the host with the fewest actions', () => {
    const two = stored({ uuid: 'x', launchable: ['a'] }, { uuid: 'y', launchable: ['a'] });
    two.putAction('1', whole('1'), 'x');
    assert.equal(new LaunchRules().choose(two, { action: 'a' }), 'y');
  });
});

test('names in sentences are short and have no control characters', () => {
  assert.equal(quoted('a\n\u001b[31mb'), '"a??[31mb"');
  assert.equal(quoted('x'.repeat(500)).length, 82);
  assert.equal(quoted({ a: 1 }), '"{"a":1}"');
});

test('a name that is cut inside a character, or that came so, leaves no half of it in the answer', async () => {
  const isWhole = (text) => text === Buffer.from(text).toString();
  const names = [`${'x'.repeat(79)}\u{1f3ac}`, 'x\ud83d', '\udfac'];
  for (const name of names) assert.ok(isWhole(quoted(name)), quoted(name));
  assert.equal(quoted('\u{1f3ac}'.repeat(40)), `"${'\u{1f3ac}'.repeat(40)}"`);
  const socket = { conn: {}, onAny: (listener) => (socket.receive = listener) };
  serve(socket, defaultLimits, (name) => unknownEvent(name, '/ui'), assert.fail);
  for (const name of names) {
    const answer = await new Promise((resolve) => socket.receive(name, {}, resolve));
    assert.equal(answer.status, 400);
    assert.match(answer.msg, /^\/ui has no event "/);
    assert.ok(isWhole(answer.msg), answer.msg);
  }
});
