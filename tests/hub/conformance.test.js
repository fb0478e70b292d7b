// What the hub promises to hosts and users, asked by every make of client in both parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { connect, hostAndUser, hostNamespaces, makes, wholeAction } from './support/clients.js';
import { startHub, until } from './support/hub.js';

/** The order of keys is nothing that clients keep. */
const isSeen = (client, ...event) =>
  until(() => client.received.some((one) => isDeepStrictEqual(one, event)), `${JSON.stringify(event)} at the client`);
const status = async (answer) => (await answer).status;

/** By name: what is asked of `{hub, host, user, context, make}`. */
const list = {
  'refuses what the wire says it refuses': async ({ host, user }) => {
    const refused = [
      [host, '/dcc', 'initialization', { context: { name: 'x' } }],
      [host, '/dcc', 'initialization', { context: { uuid: '' } }],
      [host, '/dcc', 'initialization', {}],
      [host, '/dcc', 'initialization', 'no object'],
      [host, '/dcc/action', 'initialization', {}],
      [host, '/dcc/action', 'query', { context_metadata: { uuid: 'h' } }],
      [host, '/dcc/action', 'query', { uuid: 'a' }],
      [host, '/dcc/action', 'query', { uuid: 'a', context_metadata: {} }],
      [host, '/dcc/action', 'update', { uuid: 'unknown', status: 3 }],
      [host, '/dcc/action', 'update', { status: 3 }],
      [host, '/dcc/action', 'no_such_event', {}],
      [user, '/ui', 'initialization', {}],
      [user, '/ui', 'actionUpdate', { uuid: 'unknown' }],
      [user, '/ui', 'clearAction', { uuid: 'unknown' }],
      [user, '/ui', 'undoLastCommand', { uuid: 'unknown' }],
      [user, '/ui', 'launchAction', {}],
      [user, '/ui', 'launchAction', { action: 'nobody_offers_it' }],
    ];
    for (const [client, nsp, event, data] of refused) {
      const answer = await client.emit(nsp, event, data);
      assert.equal(answer.status, 400, `${nsp} ${event} ${JSON.stringify(data)}`);
      assert.match(answer.msg, /\w+ \w+/);
    }
  },

  'tells users who comes and who goes': async ({ hub, host, user, context, make, test }) => {
    await isSeen(user, '/ui', 'dccConnect', { data: { context } });
    const other = await connect(test, hub.url, hostNamespaces, { make });
    const running = { b: wholeAction('b', 'other') };
    const introduced = { context: { uuid: 'other', dcc: 'toy' }, runningActions: running };
    assert.equal(await status(other.emit('/dcc', 'initialization', introduced)), 200);
    const { data } = await user.emit('/ui', 'getConnectedDccs', {});
    assert.deepEqual(data, { h: context, other: introduced.context });
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, running);
    await other.close();
    await isSeen(user, '/ui', 'dccDisconnect', { data: { uuid: 'other' } });
    assert.deepEqual((await user.emit('/ui', 'getConnectedDccs', {})).data, { h: context });
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, {});
    assert.equal(await status(host.emit('/dcc/action', 'query', wholeAction('a'))), 200);
  },

  'forgets a host that leaves /dcc alone, and knows it again': async ({ host, user, make, hub, test }) => {
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    host.leave('/dcc');
    await isSeen(user, '/ui', 'dccDisconnect', { data: { uuid: 'h' } });
    assert.equal(await status(host.emit('/dcc/action', 'update', { uuid: 'a', status: 3 })), 400);
    await host.close();
    const again = await connect(test, hub.url, hostNamespaces, { make });
    const runningActions = { a: wholeAction('a', 'h', { status: 3 }) };
    assert.equal(await status(again.emit('/dcc', 'initialization', { context: { uuid: 'h' }, runningActions })), 200);
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, runningActions);
  },

  'merges the running actions of a repeated introduction': async ({ host, user, context }) => {
    await host.emit('/dcc/action', 'query', wholeAction('a', 'h', { kept: 1 }));
    const runningActions = { a: { uuid: 'a', status: 3, context_metadata: { uuid: 'h' } } };
    assert.equal(await status(host.emit('/dcc', 'initialization', { context, runningActions })), 200);
    const { a } = (await user.emit('/ui', 'getRunningActions', {})).data;
    assert.deepEqual(a, wholeAction('a', 'h', { kept: 1, status: 3 }));
  },

  'stores actions, merges diffs and tells users both': async ({ host, user }) => {
    const whole = wholeAction('a', 'h', { label: 'Größe ✓ "quoted" \u2028', big: 9007199254740991, half: 0.5, nothing: null });
    assert.equal(await status(host.emit('/dcc/action', 'query', whole)), 200);
    await isSeen(user, '/ui', 'actionQuery', { data: whole });
    const diff = { uuid: 'a', status: 3, nothing: [1, { x: 1 }], steps: { s: { commands: { c: { logs: [{ level: 'INFO', message: 'm' }] } } } } };
    assert.equal(await status(host.emit('/dcc/action', 'update', diff)), 200);
    await isSeen(user, '/ui', 'actionUpdate', { data: diff });
    assert.equal(await status(host.emit('/dcc/action', 'update', { uuid: 'a', nothing: [2], steps: { t: {} } })), 200);
    const stored = (await user.emit('/ui', 'getRunningActions', {})).data.a;
    const command = { ...whole.steps.s.commands.c, logs: [{ level: 'INFO', message: 'm' }] };
    assert.deepEqual(stored, { ...whole, status: 3, nothing: [2], steps: { s: { status: 1, commands: { c: command } }, t: {} } });
  },

  'loses no diff of many, in order': async ({ host, user }) => {
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    for (let n = 1; n < 300; ++n) host.tell('/dcc/action', 'update', { uuid: 'a', n, steps: { [`s${n}`]: { n } } });
    assert.equal(await status(host.emit('/dcc/action', 'update', { uuid: 'a', n: 300 })), 200);
    const seen = () => user.received.filter(([, name]) => name === 'actionUpdate').map(([, , { data }]) => data);
    await until(() => seen().at(-1)?.n === 300, 'the last diff');
    const steps = Object.assign({}, ...seen().map((diff) => diff.steps ?? {}));
    assert.equal(Object.keys(steps).length, 299);
    const counts = seen().map(({ n }) => n);
    assert.deepEqual(counts, [...counts].sort((a, b) => a - b));
  },

  'clears an action': async ({ host, user }) => {
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    assert.equal(await status(host.emit('/dcc/action', 'clearAction', { uuid: 'a' })), 200);
    await isSeen(user, '/ui', 'clearAction', { data: { uuid: 'a' } });
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, {});
  },

  'hands front events on, whatever they are called': async ({ host, user }) => {
    assert.equal(await status(host.emit('/front-event', 'anything', { type: 'x', list: [1, null] })), 200);
    await isSeen(user, '/ui', 'frontEvent', { type: 'x', list: [1, null] });
  },

  'brings the host what users want': async ({ host, user }) => {
    assert.equal(await status(user.emit('/ui', 'initialization', { uuid: 'u' })), 200);
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    const wishes = [
      ['actionUpdate', { uuid: 'a', steps: { s: {} } }, 'update', { uuid: 'a', steps: { s: {} } }],
      ['undoLastCommand', { uuid: 'a' }, 'undo', { uuid: 'a', full: false }],
      ['undoLastCommand', { uuid: 'a', full: true }, 'undo', { uuid: 'a', full: true }],
      ['launchAction', { action: 'publish', dcc: 'toy', parameters: { 's:c:p': 1 } }, 'launch', { action: 'publish', parameters: { 's:c:p': 1 } }],
      ['clearAction', { uuid: 'a' }, 'clear', { uuid: 'a' }],
    ];
    for (const [event, data, told, heard] of wishes) {
      assert.equal(await status(user.emit('/ui', event, data)), 200, event);
      await isSeen(host, '/dcc/action', told, heard);
    }
    await isSeen(user, '/ui', 'clearAction', { data: { uuid: 'a' } });
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, {});
  },
};

for (const [name, make] of Object.entries(makes)) {
  test(name, async (group) => {
    for (const [promise, ask] of Object.entries(list)) {
      await group.test(promise, async (one) => {
        const hub = await startHub(one, { allowActions: ['publish'] });
        const parts = await hostAndUser(one, hub.url, { make });
        await ask({ hub, make, test: one, ...parts });
      });
    }
  });
}
