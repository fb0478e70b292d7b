// Bad weather: liars, junk, floods, and hosts that come back while the hub still believes in their old connection.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import net from 'node:net';
import { describe, test } from 'node:test';
import { connect, hostAndUser, hostNamespaces, wholeAction } from './support/clients.js';
import { startHub, until } from './support/hub.js';

const WebSocket = createRequire(new URL('../../samples/hub/node_modules/engine.io/package.json', import.meta.url))('ws');
const inFull = Boolean(process.env.SILEX_TEST_LONG);
const health = async (hub) => (await fetch(`${hub.url}health`)).json();

/** Every socket is served as before: the hub lives. */
const serves = async (test, hub) => {
  const client = await connect(test, hub.url, ['/ui']);
  assert.equal((await client.emit('/ui', 'getRunningActions', {})).status, 200);
};

describe('a host that lies', () => {
  test('cannot introduce itself as another, nor speak for it', async (test) => {
    const hub = await startHub(test);
    const { host, user, context } = await hostAndUser(test, hub.url);
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    const liar = await connect(test, hub.url, hostNamespaces);
    const lies = [
      ['/dcc', 'initialization', { context: { uuid: 'h', dcc: 'fake' } }],
      ['/dcc/action', 'initialization', { uuid: 'h' }],
      ['/dcc/action', 'query', wholeAction('b', 'h')],
      ['/dcc/action', 'update', { uuid: 'a', status: 5 }],
      ['/dcc/action', 'clearAction', { uuid: 'a' }],
      ['/front-event', 'hostStatus', { type: 'hostGone', uuid: 'h' }],
    ];
    for (const [nsp, event, data] of lies) {
      const answer = await liar.emit(nsp, event, data);
      assert.equal(answer.status, 400, `${nsp} ${event}`);
      assert.match(answer.msg, /another host/);
    }
    // As itself, it still cannot take over another's action.
    assert.equal((await liar.emit('/dcc', 'initialization', { context: { uuid: 'l' } })).status, 200);
    const runningActions = { a: wholeAction('a', 'l') };
    assert.equal((await liar.emit('/dcc', 'initialization', { context: { uuid: 'l' }, runningActions })).status, 400);
    const connects = user.received.filter(([, name]) => name === 'dccConnect').length;
    const foreign = { y: wholeAction('y', 'l'), x: wholeAction('x', 'h') };
    assert.equal((await liar.emit('/dcc', 'initialization', { context: { uuid: 'l' }, runningActions: foreign })).status, 400);
    assert.ok(!Object.hasOwn((await user.emit('/ui', 'getRunningActions', {})).data, 'y'), 'all of it or nothing');
    assert.equal(user.received.filter(([, name]) => name === 'dccConnect').length, connects);
    assert.equal((await liar.emit('/dcc/action', 'query', wholeAction('a', 'l'))).status, 400);
    await liar.emit('/dcc/action', 'query', wholeAction('own', 'l'));
    assert.equal((await liar.emit('/dcc/action', 'update', { uuid: 'own', context_metadata: { uuid: 'h' } })).status, 400);
    assert.deepEqual((await user.emit('/ui', 'getConnectedDccs', {})).data.h, context);
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data.a, wholeAction('a'));
    assert.ok(!user.received.some(([, name]) => name === 'frontEvent'));
    // What users want goes to the real one alone.
    await user.emit('/ui', 'undoLastCommand', { uuid: 'a' });
    await until(() => host.received.some(([, name]) => name === 'undo'));
    assert.ok(!liar.received.some(([, name]) => name === 'undo'));
  });

  test('may have the uuid once its owner has left', async (test) => {
    const hub = await startHub(test);
    const { host, user } = await hostAndUser(test, hub.url);
    await host.close();
    await until(() => user.received.some(([, name]) => name === 'dccDisconnect'));
    const next = await connect(test, hub.url, hostNamespaces);
    assert.equal((await next.emit('/dcc', 'initialization', { context: { uuid: 'h' } })).status, 200);
  });
});

describe('a connection that leaves /dcc alone gives its uuid up', () => {
  const wishes = ['update', 'launch', 'undo', 'clear'];
  const heard = (client) => client.received.map(([, name]) => name).filter((name) => wishes.includes(name));
  const wishAll = async (user) => {
    const said = [
      ['actionUpdate', { uuid: 'a', execution_type: 1 }], ['launchAction', { action: 'publish', uuid: 'h' }],
      ['undoLastCommand', { uuid: 'a' }], ['clearAction', { uuid: 'a' }],
    ];
    for (const [event, data] of said) assert.equal((await user.emit('/ui', event, data)).status, 200, event);
  };
  const leave = async (host, user) => {
    host.leave('/dcc');
    await until(() => user.received.some(([, name]) => name === 'dccDisconnect'));
  };

  test('and hears no more of it once another one has it', async (test) => {
    const hub = await startHub(test, { allowActions: ['publish'] });
    const { host: first, user } = await hostAndUser(test, hub.url);
    await leave(first, user);
    const second = await connect(test, hub.url, hostNamespaces);
    for (const [nsp, data] of [['/dcc', { context: { uuid: 'h' } }], ['/dcc/action', { uuid: 'h' }]]) {
      assert.equal((await second.emit(nsp, 'initialization', data)).status, 200);
    }
    await second.emit('/dcc/action', 'query', wholeAction('a'));
    await wishAll(user);
    await until(() => heard(second).length === wishes.length);
    // What it would have heard stands before this answer.
    await first.emit('/front-event', 'x', {});
    assert.deepEqual(heard(first), []);
  });
  test('but hears of it as before where it comes back', async (test) => {
    const hub = await startHub(test, { allowActions: ['publish'] });
    const { host, user } = await hostAndUser(test, hub.url);
    await leave(host, user);
    await host.join('/dcc');
    const introduced = { context: { uuid: 'h' }, runningActions: { a: wholeAction('a') } };
    assert.equal((await host.emit('/dcc', 'initialization', introduced)).status, 200);
    await wishAll(user);
    await until(() => heard(host).length === wishes.length);
  });
});

/** Between a client and the hub; goes silent without a word when it is told, as a network does that breaks. */
async function breakableWay(test, port) {
  const pairs = [];
  const fars = [];
  const way = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    fars.push(far);
    pairs.push([near, far]);
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', (data) => !way.isBroken && to.write(data));
      from.on('error', () => {}).on('close', () => !way.isBroken && to.destroy());
    }
  });
  await new Promise((resolve) => way.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    for (const sockets of pairs) for (const one of sockets) one.destroy();
    way.close();
  });
  return Object.assign(way, { fars, url: `http://127.0.0.1:${way.address().port}/` });
}

test('a host comes back while the hub still believes in its old connection', async (test) => {
  const hub = await startHub(test);
  const way = await breakableWay(test, hub.port);
  const user = await connect(test, hub.url, ['/ui']);
  const old = await connect(test, way.url, hostNamespaces);
  await old.emit('/dcc', 'initialization', { context: { uuid: 'h' }, runningActions: { a: wholeAction('a') } });
  way.isBroken = true;
  const again = await connect(test, hub.url, hostNamespaces);
  const introduced = { context: { uuid: 'h', again: true }, runningActions: { b: wholeAction('b') } };
  // What is said meanwhile waits behind the introduction.
  const [first, second] = await Promise.all([
    again.emit('/dcc', 'initialization', introduced),
    again.emit('/dcc/action', 'query', wholeAction('c')),
  ]);
  assert.deepEqual([first.status, second.status], [200, 200]);
  assert.deepEqual((await user.emit('/ui', 'getConnectedDccs', {})).data, { h: introduced.context });
  assert.deepEqual(Object.keys((await user.emit('/ui', 'getRunningActions', {})).data), ['b', 'c']);
  const told = user.received.map(([, name]) => name).filter((name) => name.startsWith('dcc'));
  assert.deepEqual(told, ['dccConnect', 'dccDisconnect', 'dccConnect']);
  await until(async () => (await health(hub)).connections === 2, 'the old connection is closed');
  await until(() => way.fars.at(0).destroyed, 'and so is its socket: nobody there would ever say goodbye', 20_000);
});

test('a hub ends at once, whoever does not say goodbye', async (test) => {
  const hub = await startHub(test);
  const way = await breakableWay(test, hub.port);
  await connect(test, way.url, hostNamespaces);
  const idle = net.connect(hub.port, '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => idle.once('connect', resolve));
  way.isBroken = true;
  const begin = performance.now();
  await hub.close();
  assert.ok(performance.now() - begin < 20_000, `${performance.now() - begin} ms`);
});

describe('two users answer one prompt', () => {
  const asks = (status = 2) => wholeAction('a', 'h', { status, steps: { s: { commands: { c: { status }, d: { status } } } } });
  const answer = (value, command = 'c') => ({ uuid: 'a', steps: { s: { commands: { [command]: { parameters: { p: { value } } } } } } });
  const setUp = async (test) => {
    const hub = await startHub(test);
    const parts = await hostAndUser(test, hub.url);
    await parts.host.emit('/dcc/action', 'query', asks());
    return { ...parts, other: await connect(test, hub.url, ['/ui']) };
  };
  const got = (host) => host.received.filter(([, name]) => name === 'update').map(([, , diff]) => diff);

  test('the first counts, the other is told', async (test) => {
    const { host, user, other } = await setUp(test);
    const [one, two] = await Promise.all([user.emit('/ui', 'actionUpdate', answer(1)), other.emit('/ui', 'actionUpdate', answer(2))]);
    assert.deepEqual([one.status, two.status].sort(), [200, 400]);
    assert.match([one, two].find(({ status }) => status === 400).msg, /another user has answered this already/);
    await until(() => got(host).length === 1);
    // Also for the other command of the same prompt, and after the host went on.
    const late = one.status === 400 ? user : other;
    assert.equal((await late.emit('/ui', 'actionUpdate', answer(2, 'd'))).status, 400);
    await host.emit('/dcc/action', 'update', { uuid: 'a', status: 3, steps: { s: { commands: { c: { status: 3 }, d: { status: 1 } } } } });
    assert.equal((await late.emit('/ui', 'actionUpdate', answer(2))).status, 400);
    await host.emit('/dcc/action', 'update', { uuid: 'a', n: 1 });
    assert.equal(got(host).length, 1);
  });
  test('what does not let the host go on is no answer, and is forwarded whoever answers', async (test) => {
    const { host, user, other } = await setUp(test);
    const bare = { uuid: 'a', execution_type: 0 };
    const elsewhere = { uuid: 'a', steps: { s: { commands: { later: { parameters: { p: { value: 1 } } } } } } };
    for (const diff of [bare, elsewhere]) assert.equal((await user.emit('/ui', 'actionUpdate', diff)).status, 200);
    assert.equal((await other.emit('/ui', 'actionUpdate', answer(2))).status, 200);
    for (const diff of [bare, elsewhere]) assert.equal((await user.emit('/ui', 'actionUpdate', diff)).status, 200);
    await until(() => got(host).length === 5);
    assert.deepEqual(got(host), [bare, elsewhere, answer(2), bare, elsewhere]);
    assert.equal((await user.emit('/ui', 'actionUpdate', answer(1))).status, 400);
  });
  test('a skip, a change of heart about asking, and a bare word to go on are answers', async (test) => {
    const inCommand = (command) => ({ uuid: 'a', steps: { s: { commands: { c: command } } } });
    for (const diff of [inCommand({ skip: true }), inCommand({ ask_user: false }), { uuid: 'a', execution_type: 1 }]) {
      const { user, other } = await setUp(test);
      assert.equal((await user.emit('/ui', 'actionUpdate', diff)).status, 200);
      assert.equal((await other.emit('/ui', 'actionUpdate', answer(2))).status, 400);
    }
  });
  test('where the host asks anew, anybody may answer', async (test) => {
    const { host, user, other } = await setUp(test);
    await user.emit('/ui', 'actionUpdate', answer('wrong'));
    await host.emit('/dcc/action', 'update', { uuid: 'a', steps: { s: { commands: { c: { logs: [{ level: 'WARNING', message: 'no' }] } } } } });
    assert.equal((await other.emit('/ui', 'actionUpdate', answer('right'))).status, 200);
    await until(() => got(host).length === 2);
  });
  test('where it fails with that answer, anybody may try again, and the first counts', async (test) => {
    const { host, user, other } = await setUp(test);
    await user.emit('/ui', 'actionUpdate', answer('wrong'));
    await host.emit('/dcc/action', 'update', { uuid: 'a', status: 5, steps: { s: { commands: { c: { status: 5 } } } } });
    assert.equal((await other.emit('/ui', 'actionUpdate', answer('right'))).status, 200);
    assert.equal((await user.emit('/ui', 'actionUpdate', answer('late'))).status, 400);
  });
  test('one who answers and leaves does not keep the other from answering', async (test) => {
    const { user, other } = await setUp(test);
    await user.emit('/ui', 'actionUpdate', answer(1));
    assert.equal((await user.emit('/ui', 'actionUpdate', answer(2))).status, 200, 'he may correct himself');
    assert.equal((await other.emit('/ui', 'actionUpdate', answer(3))).status, 400);
    await user.close();
    await until(async () => (await other.emit('/ui', 'actionUpdate', answer(3))).status === 200);
  });
});

describe('keys that would change a prototype', () => {
  const polluted = (text) => JSON.parse(text);
  const payloads = ['{"uuid":"a","__proto__":{"polluted":1}}', '{"uuid":"a","steps":{"__proto__":{"polluted":1}}}', '{"uuid":"a","steps":{"constructor":{"prototype":{"polluted":1}}}}', '{"uuid":"a","list":[{"prototype":1}]}'];
  test('are refused with their name, and change nothing', async (test) => {
    const hub = await startHub(test);
    const { host, user } = await hostAndUser(test, hub.url);
    await host.emit('/dcc/action', 'query', wholeAction('a'));
    for (const text of payloads) {
      for (const [client, nsp, event] of [[host, '/dcc/action', 'update'], [host, '/dcc/action', 'query'], [host, '/front-event', 'x'], [user, '/ui', 'actionUpdate']]) {
        const refused = await client.emit(nsp, event, polluted(text));
        assert.equal(refused.status, 400, `${event} ${text}`);
        assert.match(refused.msg, /the key "(__proto__|constructor|prototype)" is not allowed/);
      }
    }
    for (const uuid of ['__proto__', 'constructor']) {
      assert.equal((await host.emit('/dcc', 'initialization', { context: { uuid } })).status, 400);
      assert.equal((await host.emit('/dcc/action', 'query', wholeAction(uuid))).status, 400);
      assert.equal((await user.emit('/ui', 'undoLastCommand', { uuid })).status, 400);
    }
    assert.equal({}.polluted, undefined);
    assert.deepEqual((await user.emit('/ui', 'getRunningActions', {})).data, { a: wholeAction('a') });
  });
});

describe('junk', () => {
  const megabyte = randomBytes(1 << 20);
  test('instead of HTTP', async (test) => {
    const hub = await startHub(test);
    await new Promise((resolve) => {
      const connection = net.connect(hub.port, '127.0.0.1', () => connection.end(megabyte));
      connection.on('error', () => {}).on('close', resolve).resume();
    });
    await serves(test, hub);
  });
  test('instead of Engine.IO', async (test) => {
    const hub = await startHub(test);
    const post = `${hub.url}socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(post)).text()).slice(1));
    await fetch(`${post}&sid=${sid}`, { method: 'POST', body: megabyte }).catch(() => {});
    await fetch(`${post}&sid=nobody`, { method: 'POST', body: megabyte }).catch(() => {});
    await fetch(`${post}`, { method: 'POST', body: megabyte }).catch(() => {});
    for (const junk of [megabyte, '9', '', '2probe', '{"a"', 'x'.repeat(1 << 20)]) {
      const socket = new WebSocket(`${hub.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`);
      await new Promise((resolve) => socket.once('open', resolve));
      socket.on('error', () => {});
      socket.send(junk);
      socket.send(junk);
      await new Promise((resolve) => socket.close() ?? socket.once('close', resolve));
    }
    await serves(test, hub);
  });
  test('instead of Socket.IO, and events that make no sense', async (test) => {
    const hub = await startHub(test);
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const packets = ['4', '49', '40{"a":', '42', '42[]', '42{}', '42["disconnect"]', '42[1,2]', `42/ui,["getRunningActions",${nested}]`, '4/', '40/no/such', '40/__proto__,', '451-["a",{"_placeholder":true,"num":9}]', '43/ui,1[]', '42/ui,999999999999["getRunningActions"]', '42/ui,0["getRunningActions",1,2,3]', '42/ui,0[null]', '42/ui,["toString"]', '42/ui,["__proto__",{}]', `42/ui,["x","${'y'.repeat(1 << 20)}"]`];
    for (const packet of packets) {
      const socket = new WebSocket(`${hub.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`);
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('message', resolve));
      socket.send('40/ui,');
      await new Promise((resolve) => socket.once('message', resolve));
      socket.send(packet);
      socket.send('41/ui,');
      await new Promise((resolve) => socket.close() ?? socket.once('close', resolve));
    }
    await serves(test, hub);
    assert.deepEqual(hub.lines, []);
  });
  test('inside an event is refused: too deep, binary, too many arguments, no object', async (test) => {
    const hub = await startHub(test);
    const { host, user } = await hostAndUser(test, hub.url);
    let deep = {};
    for (let i = 0; i < 100; ++i) deep = { deep };
    for (const [data, why] of [[{ uuid: 'a', deep }, /too deeply/], [{ uuid: 'a', b: Buffer.from('x') }, /binary/], [[], /no object/], ['x', /no object/], [null, /no object/]]) {
      const { status, msg } = await host.emit('/dcc/action', 'query', data);
      assert.equal(status, 400);
      assert.match(msg, why);
    }
    const two = await new Promise((resolve) => host.tell('/front-event', 'x', 1, 2, resolve));
    assert.match(two.msg, /2 arguments/);
    await serves(test, hub);
    assert.ok(!user.received.some(([, name]) => name === 'frontEvent'));
  });
});

describe('too much', () => {
  test('a message beyond the bound ends its connection, and no other', async (test) => {
    const hub = await startHub(test, { limits: { messageBytes: 100_000 } });
    const { host, user } = await hostAndUser(test, hub.url);
    const loud = await connect(test, hub.url, ['/ui']);
    loud.tell('/ui', 'x', 'y'.repeat(200_000));
    await until(async () => (await health(hub)).connections === 2);
    assert.equal((await host.emit('/dcc/action', 'query', wholeAction('a'))).status, 200);
    assert.equal((await user.emit('/ui', 'getRunningActions', {})).status, 200);
  });
  test('events beyond the rate are refused, and whoever never stops is disconnected', async (test) => {
    const hub = await startHub(test, { limits: { eventsPerSecond: 1, eventBurst: 50 } });
    const client = await connect(test, hub.url, ['/ui']);
    const answers = await Promise.all(Array.from({ length: 60 }, () => client.emit('/ui', 'getRunningActions', {})));
    const refused = answers.filter(({ status }) => status === 400);
    assert.ok(refused.length >= 1 && refused.length <= 10, refused.length);
    assert.match(refused[0].msg, /too many events: at most 1 a second/);
    for (let i = 0; i < 200; ++i) client.tell('/ui', 'getRunningActions', {});
    await until(async () => (await health(hub)).connections === 0, 'it is disconnected');
  });
  test('bytes beyond the rate end the connection', async (test) => {
    const hub = await startHub(test, { limits: { bytesPerSecond: 1000, byteBurst: 100_000 } });
    const client = await connect(test, hub.url, ['/ui']);
    for (let i = 0; i < 20; ++i) client.tell('/ui', 'x', 'y'.repeat(10_000));
    await until(async () => (await health(hub)).connections === 0, 'it is disconnected');
    assert.match(hub.lines.join(), /more than 1000 bytes a second/);
  });
  test('a page that does not read is dropped before the memory is full', async (test) => {
    const hub = await startHub(test, { limits: { backlogBytes: 1 << 20 } });
    const { host } = await hostAndUser(test, hub.url);
    const deaf = new WebSocket(`${hub.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`);
    deaf.on('error', () => {});
    await new Promise((resolve) => deaf.once('message', resolve));
    deaf.send('40/ui,');
    await until(async () => (await health(hub)).users === 2);
    deaf.pause();
    const chunk = 'x'.repeat(500_000);
    await until(async () => {
      await host.emit('/front-event', 'x', { chunk });
      return hub.lines.some((line) => /bytes unread is disconnected/.test(line));
    }, 'it is dropped', 60_000);
    await until(async () => (await health(hub)).users === 1);
    deaf.terminate();
  });

  const connections = inFull ? 10_000 : 300;
  const most = inFull ? 1000 : 50;
  test(`${connections} connections: ${most} are served, the others told no, and then there is room again`, async (test) => {
    const hub = await startHub(test, { limits: { connections: most } });
    const url = `${hub.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`;
    const open = [];
    let refused = 0;
    // Those that are let in stay, however long the others take: they join, and answer pings.
    const attempt = () => new Promise((resolve) => {
      const socket = new WebSocket(url, { handshakeTimeout: 60_000 });
      socket.on('message', (data) => {
        const text = String(data);
        if (text[0] === '0') socket.send('40/ui,');
        if (text === '2') socket.send('3');
        if (text.startsWith('40/ui,')) resolve(open.push(socket));
      });
      socket.on('error', () => resolve(++refused));
    });
    const begin = performance.now();
    for (let begun = 0; begun < connections; begun += 100) await Promise.all(Array.from({ length: 100 }, attempt));
    test.diagnostic(`${connections} connections in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    assert.equal(open.length, most);
    assert.equal(refused, connections - most);
    const { users, connections: there } = await health(hub);
    assert.deepEqual([users, there], [most, most]);
    for (const socket of open) socket.terminate();
    await until(async () => (await health(hub)).connections === 0);
    await serves(test, hub);
  });
  test('TCP connections that say nothing are bounded, and do not keep others out for ever', async (test) => {
    const hub = await startHub(test, { limits: { connections: 10 } });
    const idle = await Promise.all(Array.from({ length: 400 }, () => new Promise((resolve) => {
      const connection = net.connect(hub.port, '127.0.0.1', () => resolve(connection));
      connection.on('error', () => resolve(connection));
    })));
    for (const connection of idle) connection.destroy();
    await until(() => serves(test, hub).then(() => true, () => false));
  });
});
