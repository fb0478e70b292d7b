import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveAction } from '../src/state/action.ts';
import { draftKey } from '../src/state/drafts.ts';
import { flush, scheduleWith } from '../src/state/frame.ts';
import { newLines } from '../src/state/journal.ts';
import { Store } from '../src/state/store.ts';

let scheduled = 0;
scheduleWith(() => (scheduled += 1));

const whole = () => ({
  uuid: 'a', label: 'Publish', status: 3, execution_type: 1, context_metadata: { uuid: 'h' }, steps: {
    second: { index: 20, status: 1, commands: { d: { status: 1 }, hidden: { status: 1, hide: true } } },
    first: { index: 10, status: 3, commands: { b: { status: 0 }, c: { status: 3, progress: 50, label: 'See', logs: [{ level: 'INFO', message: 'one' }] } } },
    gone: { index: 5, hide: true, commands: { e: { status: 1 } } },
  },
});

test('rows stand in the order of the steps, without what is hidden', () => {
  const action = new LiveAction('a', whole());
  assert.deepEqual(action.rows().map((row) => (row.kind === 'step' ? row.step : row.command)), ['first', 'b', 'c', 'second', 'd']);
  assert.deepEqual(action.summary(), { total: 3, done: 1, fraction: 0.5, current: 'See' });
  const simple = new LiveAction('a', { ...whole(), simplify: true });
  assert.deepEqual(simple.rows().map(({ kind }) => kind), ['step', 'step']);
  assert.equal(simple.summary().total, 3);
});

test('a diff raises what it changes, once a frame, and nothing else', () => {
  const action = new LiveAction('a', whole());
  const [c, d] = [action.commandVersion('first', 'c'), action.commandVersion('second', 'd')];
  flush();
  const [before, others, structure] = [c.value, d.value, action.structure.value];
  scheduled = 0;
  for (let n = 51; n < 100; n += 1) action.merge({ uuid: 'a', steps: { first: { commands: { c: { progress: n } } } } });
  assert.equal(scheduled, 1);
  assert.equal(c.value, before);
  flush();
  assert.equal(c.value, before + 1);
  assert.equal(d.value, others);
  assert.equal(action.structure.value, structure);
  assert.equal(action.command('first', 'c')['progress'], 99);
});

test('each log line is noted once, though logs come whole', () => {
  const action = new LiveAction('a', whole());
  const logs = (count: number) => ({ uuid: 'a', steps: { first: { commands: { c: { logs: Array.from({ length: count }, (_, n) => ({ level: 'INFO', message: n === 0 ? 'one' : `${n}` })) } } } } });
  action.merge(logs(2));
  action.merge(logs(3));
  action.merge(logs(3));
  assert.deepEqual(action.journal.lines.map(({ message, command }) => `${command} ${message}`), ['See one', 'See 1', 'See 2']);
  const again = whole();
  again.steps.first.commands.c.logs = logs(5).steps.first.commands.c.logs;
  action.replace(again);
  assert.deepEqual(action.journal.lines.map(({ message }) => message), ['one', '1', '2', '3', '4']);
});

test('a host drops the oldest of many lines: those that are known are not noted again, and none of the new ones is lost', () => {
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => ({ level: 'INFO', message: `${from + n}` }));
  const logs = (from: number, to: number) => ({ uuid: 'a', steps: { first: { commands: { c: { logs: lines(from, to) } } } } });
  const noted = (...told: [number, number][]) => {
    const action = new LiveAction('a', logs(...told[0]!));
    for (const [from, to] of told.slice(1)) action.merge(logs(from, to));
    return action.journal.lines.map(({ message }) => Number(message));
  };
  const count = (to: number) => Array.from({ length: to }, (_, n) => n);
  assert.deepEqual(noted([0, 500], [50, 501]), count(501));
  assert.deepEqual(noted([0, 480], [50, 540]), count(540)); // longer than before, though some are gone
  assert.deepEqual(noted([0, 500], [50, 550]), count(550)); // as long as before
  assert.deepEqual(noted([0, 500], [600, 1100]), [...count(500), ...count(1100).slice(600)]);
  assert.deepEqual(noted([0, 3], [0, 0], [7, 9]), [0, 1, 2, 7, 8]);
  const away = new LiveAction('a', logs(0, 500));
  away.replace(logs(50, 520)); // after a reconnect
  assert.deepEqual(away.journal.lines.map(({ message }) => Number(message)), count(520));
});

test('a line with the same message is the same one at the same level alone', () => {
  const line = (level: string) => ({ level, message: 'm' });
  assert.deepEqual(newLines([line('INFO')], [line('ERROR')]), [line('ERROR')]);
  assert.deepEqual(newLines([line('INFO'), line('ERROR')], [line('ERROR'), line('INFO')]), [line('INFO')]);
});

test('what is new in many lines that are the same is found without comparing each with each', () => {
  let reads = 0;
  const line = (message: string) => ({ level: 'INFO', get message() { reads += 1; return message; } });
  const same = (count: number) => Array.from({ length: count }, () => line('same'));
  const count = 10_000;
  assert.equal(newLines([...same(count), line('other')], [...same(count), line('another')]).length, count + 1);
  assert.ok(reads < 20 * count, `${reads} reads`);
});

test('steps that are added appear, those that are hidden go', () => {
  const action = new LiveAction('a', whole());
  action.merge({ uuid: 'a', steps: { third: { index: 15, status: 1, commands: { x: { status: 1 } } } } });
  assert.deepEqual(action.rows().filter(({ kind }) => kind === 'step').map(({ step }) => step), ['first', 'third', 'second']);
  action.merge({ uuid: 'a', steps: { third: { hide: true } } });
  assert.deepEqual(action.rows().filter(({ kind }) => kind === 'step').map(({ step }) => step), ['first', 'second']);
});

test('phases', () => {
  const phase = (status: number, execution_type: number) => new LiveAction('a', { status, execution_type }).phase;
  assert.deepEqual([phase(3, 1), phase(3, 0), phase(1, 0), phase(1, 1), phase(2, 1), phase(5, 0), phase(4, 0), phase(0, 1), phase(3, 2)],
    ['running', 'paused', 'ready', 'running', 'waiting', 'failed', 'failed', 'completed', 'undoing']);
});

test('what the hub no longer knows after a reconnect has ended; what it knows goes on as the same', () => {
  const store = new Store();
  store.resetHosts({ h: { uuid: 'h', name: 'Host' } });
  store.resetActions({ a: whole(), b: { ...whole(), uuid: 'b' } });
  const action = store.actions.get('a');
  store.resetHosts({ h: { uuid: 'h', name: 'Host' } });
  store.resetActions({ a: { ...whole(), status: 0 } });
  assert.equal(store.actions.get('a'), action);
  assert.equal(action?.phase, 'completed');
  assert.equal(store.actions.get('b')?.phase, 'ended');
  store.hostLeaves('h');
  assert.equal(action?.phase, 'ended');
  assert.equal(store.hosts.get('h')?.state, 'gone');
  store.hostArrives({ uuid: 'h' });
  store.actionBegins(whole());
  assert.equal(action?.phase, 'running');
  assert.equal(store.hosts.get('h')?.state, 'live');
});

test('stalls stand until they end, and end with their host', () => {
  const store = new Store();
  store.hostArrives({ uuid: 'h' });
  const host = store.hosts.get('h')!;
  const tell = (type: string) => store.frontEvent({ uuid: 'h', type, name: 'Publish: Cache', seconds: 2, message: 'm' });
  tell('loopStalled');
  tell('hostBusy');
  assert.equal(host.state, 'busy');
  assert.equal(host.worst?.kind, 'host');
  tell('hostResponsive');
  assert.equal(host.worst?.name, 'Publish: Cache');
  tell('loopResumed');
  assert.equal(host.state, 'live');
  tell('loopStalled');
  store.hostLeaves('h');
  store.hostArrives({ uuid: 'h' });
  assert.equal(host.state, 'live');
  assert.equal(host.warnings.length, 5);
});

test('what was typed stays while hub or host blink, and while the answer may still be refused', () => {
  const asks = (parameters: object) => ({ ...whole(), status: 2, steps: { s: { status: 2, commands: { c: { status: 2, parameters } } } } });
  const told = (parameters: object) => ({ uuid: 'a', steps: { s: { commands: { c: { parameters } } } } });
  const key = draftKey('s', 'c', 'note');
  const action = new LiveAction('a', asks({ note: { uuid: '1', value: '' } }));
  action.drafts.type(key, 'mine');
  action.end('its host is gone');
  action.replace(asks({ note: { uuid: '1', value: '' } }));
  action.merge(told({ other: { uuid: '2', value: 7 } }));
  action.merge(told({ note: { value: 'set up anew' } }));
  assert.equal(action.drafts.get(key), 'mine');
  action.drafts.send();
  action.drafts.keep();
  action.merge(told({ note: { value: 'again' } }));
  assert.equal(action.drafts.get(key), 'mine', 'the hub has refused it');
  action.drafts.send();
  action.merge(told({ other: { value: 8 } }));
  assert.equal(action.drafts.get(key), 'mine', 'the host may do so');
  action.merge(told({ note: { value: 'mine' } }));
  assert.ok(!action.drafts.has(key), 'the host has it');
});

test('what was typed for a prompt is none for the next one with the same name', () => {
  const diff = (parameter: object) => ({ uuid: 'a', steps: { first: { commands: { c: { status: 2, parameters: { note: parameter } } } } } });
  const key = draftKey('first', 'c', 'note');
  const action = new LiveAction('a', whole());
  action.merge(diff({ uuid: '1', value: '' }));
  action.drafts.type(key, 'for the first');
  action.merge(diff({ uuid: '2', value: '' }));
  assert.ok(!action.drafts.has(key), 'another user has answered the first');
  action.drafts.type(key, 'for the second');
  const again = whole();
  Object.assign(again.steps.first.commands.c, { parameters: { note: { uuid: '3', value: '' } } });
  action.replace(again);
  assert.ok(!action.drafts.has(key), 'it was answered while the page was away');
});

test('a line has the time at which it came; one that was there before has none', () => {
  const action = new LiveAction('a', whole());
  const before = Date.now();
  action.merge({ uuid: 'a', steps: { first: { commands: { c: { logs: [{ level: 'INFO', message: 'one' }, { level: 'INFO', message: 'two' }] } } } } });
  const [one, two] = action.journal.lines;
  assert.equal(one?.at, 0);
  assert.ok(two!.at >= before);
  const again = whole();
  again.steps.first.commands.c.logs = ['one', 'two', 'three'].map((message) => ({ level: 'INFO', message }));
  action.replace(again);
  assert.deepEqual(action.journal.lines.map(({ at }) => at), [0, two!.at, 0]);
});

test('a pause that is on its way is shown until the action does something else', () => {
  const action = new LiveAction('a', whole());
  action.pauses();
  action.merge({ uuid: 'a', steps: { first: { commands: { c: { progress: 60 } } } } });
  assert.ok(action.willPause);
  action.merge({ uuid: 'a', execution_type: 0 });
  assert.equal(action.phase, 'paused');
  action.merge({ uuid: 'a', execution_type: 1 });
  assert.ok(!action.willPause);
  action.pauses();
  action.end('cancelled');
  assert.ok(!action.willPause);
});

test('of hosts that are gone the last twenty stay', () => {
  const store = new Store();
  for (let n = 0; n < 30; n += 1) {
    store.hostArrives({ uuid: `h${n}` });
    store.actionBegins({ uuid: `a${n}`, context_metadata: { uuid: `h${n}` } });
  }
  for (let n = 0; n < 25; n += 1) store.hostLeaves(`h${n}`);
  assert.deepEqual([...store.hosts.keys()], Array.from({ length: 25 }, (_, n) => `h${n + 5}`));
  assert.equal(store.actions.size, 25, 'their actions go with them');
  store.resetHosts({});
  store.resetActions({});
  assert.equal(store.hosts.size, 20);
});
