// What holds a host up is told to users who come while it lasts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Standing } from '../../samples/hub/src/standing.js';
import { connect, hostAndUser, hostNamespaces } from './support/clients.js';
import { startHub, until } from './support/hub.js';

const stalled = { type: 'loopStalled', name: 'Publish: Cache', seconds: 2, message: 'the loop is held', uuid: 'h' };
const busy = { type: 'hostBusy', name: '', seconds: 1, message: 'the main thread is busy', uuid: 'h' };

describe('what stands', () => {
  const setUp = () => {
    const parts = { time: 0 };
    parts.standing = new Standing(() => parts.time);
    return parts;
  };
  const types = (standing) => [...standing.all()].map(({ type }) => type);

  test('has lasted as long as the host said, and since', () => {
    const parts = setUp();
    parts.standing.hear('h', stalled);
    parts.time = 1500;
    parts.standing.hear('h', { ...busy, seconds: 'long' });
    parts.time = 2500;
    assert.deepEqual([...parts.standing.all()], [{ ...stalled, seconds: 4.5 }, { ...busy, seconds: 1 }]);
    assert.equal(stalled.seconds, 2);
  });
  test('ends with the word for its end, with its host, and when the host quits', () => {
    const { standing } = setUp();
    for (const status of [stalled, busy]) standing.hear('h', status);
    standing.hear('other', stalled);
    standing.hear('h', { type: 'loopResumed' });
    assert.deepEqual(types(standing), ['hostBusy', 'loopStalled']);
    standing.hear('h', { type: 'hostResponsive' });
    standing.forget('other');
    assert.deepEqual(types(standing), []);
    for (const status of [stalled, busy]) standing.hear('h', status);
    standing.hear('h', { type: 'hostGone' });
    assert.deepEqual(types(standing), []);
  });
  test('is the newest of its kind, and nothing that passes', () => {
    const { standing } = setUp();
    for (const name of ['first', 'second']) standing.hear('h', { ...stalled, name });
    for (const type of ['slowCall', 'metrics', 'reconnected', 'toString', '__proto__', undefined, 7]) standing.hear('h', { type });
    assert.deepEqual([...standing.all()].map(({ name }) => name), ['second']);
  });
  test('is not kept where it is large', () => {
    const { standing } = setUp();
    standing.hear('h', stalled);
    standing.hear('h', { ...stalled, message: 'x'.repeat(10_000) });
    assert.deepEqual(types(standing), [], 'not even the one that it replaced');
  });
});

describe('a user who comes while a host is held up', () => {
  const events = (user) => user.received.filter(([, name]) => name === 'frontEvent').map(([, , data]) => data);
  const introduce = (user) => user.emit('/ui', 'initialization', { uuid: 'u' });

  test('hears of it once, after introducing himself, and nobody else does', async (test) => {
    const hub = await startHub(test);
    const { host, user } = await hostAndUser(test, hub.url);
    for (const status of [stalled, busy]) assert.equal((await host.emit('/front-event', 'hostStatus', status)).status, 200);
    const late = await connect(test, hub.url, ['/ui']);
    assert.equal((await introduce(late)).status, 200);
    await introduce(late);
    await until(() => events(late).length === 2);
    for (const [i, status] of [stalled, busy].entries()) {
      const { seconds, ...same } = events(late)[i];
      assert.deepEqual({ ...same, seconds: status.seconds }, status);
      assert.ok(seconds >= status.seconds && seconds < 60, `${seconds} s`);
    }
    assert.deepEqual(events(user), [stalled, busy], 'as the host told it');
  });
  test('hears nothing of what is over, nor of a host that is gone', async (test) => {
    const hub = await startHub(test);
    const { host } = await hostAndUser(test, hub.url);
    const second = await connect(test, hub.url, hostNamespaces);
    await second.emit('/dcc', 'initialization', { context: { uuid: 'g' } });
    await second.emit('/front-event', 'hostStatus', { ...stalled, uuid: 'g' });
    await host.emit('/front-event', 'hostStatus', stalled);
    await host.emit('/front-event', 'hostStatus', { ...stalled, type: 'loopResumed' });
    await second.close();
    await until(() => hub.health().hosts === 1);
    const late = await connect(test, hub.url, ['/ui']);
    await introduce(late);
    // What would have been told stands before this answer.
    await late.emit('/ui', 'getRunningActions', {});
    assert.deepEqual(events(late), []);
  });
  test('hears only what hosts say of themselves', async (test) => {
    const hub = await startHub(test);
    const { host } = await hostAndUser(test, hub.url);
    const liar = await connect(test, hub.url, ['/front-event']);
    assert.equal((await liar.emit('/front-event', 'hostStatus', stalled)).status, 400);
    for (let i = 0; i < 100; ++i) await liar.emit('/front-event', 'hostStatus', { ...stalled, uuid: `nobody ${i}` });
    await host.emit('/front-event', 'hostStatus', { type: 'loopStalled' });
    const late = await connect(test, hub.url, ['/ui']);
    await introduce(late);
    await late.emit('/ui', 'getRunningActions', {});
    assert.deepEqual(events(late), []);
  });
});
