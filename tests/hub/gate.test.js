// Who is let in: foreign pages, rebound names, wrong tokens, and what the hub serves to browsers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { createHub } from '../../samples/hub/src/hub.js';
import { isSameToken, readToken } from '../../samples/hub/src/token.js';
import { connect } from './support/clients.js';
import { startHub } from './support/hub.js';

const handshake = '/socket.io/?EIO=4&transport=polling';
const socket = '/socket.io/?EIO=4&transport=websocket';

/** Exactly these headers, which a browser or fetch() would not let us choose. @returns status, headers, body */
function ask(port, target, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path: target, method, headers, setHost: false });
    request.on('upgrade', (response, connection) => {
      connection.destroy();
      resolve({ status: 101, headers: response.headers, body: '' });
    });
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}
const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' };

function temporaryFolder(test) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'silex-hub-'));
  test.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('a foreign page', () => {
  const foreign = ['http://evil.example', 'https://127.0.0.1:PORT', 'http://127.0.0.1:1', 'http://localhost:PORT.evil.example', 'null', 'file://', ''];
  const own = ['http://127.0.0.1:PORT'];
  for (const [what, target, more] of [['polling', handshake, {}], ['websocket', socket, upgrade], ['the page', '/', {}]]) {
    test(`is refused at ${what}, our own is not`, async (test) => {
      const hub = await startHub(test);
      const at = (origin) => ask(hub.port, target, { Host: `127.0.0.1:${hub.port}`, Origin: origin.replace('PORT', hub.port), ...more });
      for (const origin of foreign) assert.equal((await at(origin)).status, 403, origin);
      for (const origin of own) assert.notEqual((await at(origin)).status, 403, origin);
    });
  }
  test('is refused in the middle of a polling session too', async (test) => {
    const hub = await startHub(test);
    const headers = { Host: `127.0.0.1:${hub.port}` };
    const { sid } = JSON.parse((await ask(hub.port, handshake, headers)).body.slice(1));
    const again = await ask(hub.port, `${handshake}&sid=${sid}`, { ...headers, Origin: 'http://evil.example' });
    assert.equal(again.status, 403);
  });
  test('is let in where --allow-origin names it', async (test) => {
    const hub = await startHub(test, { allowOrigins: ['http://localhost:5173'] });
    const answer = await ask(hub.port, handshake, { Host: `localhost:${hub.port}`, Origin: 'http://localhost:5173' });
    assert.equal(answer.status, 200);
  });
});

describe('a name that leads here by DNS', () => {
  for (const [what, target, more] of [['polling', handshake, {}], ['websocket', socket, upgrade], ['the page', '/', {}], ['health', '/health', {}]]) {
    test(`is refused at ${what}`, async (test) => {
      const hub = await startHub(test);
      for (const host of ['evil.example', `evil.example:${hub.port}`, '127.0.0.1.evil.example', 'localhost.evil', '[::2]', '127.0.0.1:1:2', '']) {
        const { status } = await ask(hub.port, target, { Host: host, Origin: `http://${host}`, ...more });
        assert.equal(status, 403, host);
      }
    });
  }
  test('is not what the hub itself says: its address of IPv6 has brackets', async (test) => {
    for (const host of ['::1', 'fd00::2']) {
      const hub = createHub({ host, token: 'a secret of the studio', page: '/nonexistent' });
      test.after(() => hub.close());
      // Whether this machine has the address or not: as the request of somebody who has reached it.
      const answer = new Promise((resolve) => {
        const response = { writeHead: (status) => resolve(status) && response, setHeader: () => response, end: () => response };
        hub.web.emit('request', { url: '/health', method: 'GET', headers: { host: `[${host}]:5118` } }, response);
      });
      assert.equal(await answer, 200, host);
    }
  });
  test('is let in where --allow-host names it; loopback by any of its names', async (test) => {
    const hub = await startHub(test, { allowHosts: ['Workstation.studio'] });
    for (const host of ['workstation.studio', 'localhost', 'LOCALHOST:80', '[::1]:5118', '127.0.0.1']) {
      assert.equal((await ask(hub.port, '/health', { Host: host })).status, 200, host);
    }
  });
});

describe('the token', () => {
  test('is wanted in every namespace', async (test) => {
    const hub = await startHub(test, { token: 'a secret of the studio' });
    for (const nsp of ['/', '/dcc', '/dcc/action', '/front-event', '/ui']) {
      for (const auth of [undefined, {}, { token: 'wrong' }, { token: ['a secret of the studio'] }, { token: null }]) {
        await assert.rejects(connect(test, hub.url, [nsp], { auth }), /the token is missing or wrong/);
      }
      await connect(test, hub.url, [nsp], { auth: { token: 'a secret of the studio' } });
    }
  });
  test('is made for its owner alone, and read again', (test) => {
    const file = path.join(temporaryFolder(test), 'token');
    const token = readToken(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(token.length >= 40);
    assert.equal(readToken(file), token);
    assert.ok(isSameToken(token, token) && !isSameToken(token, `${token}x`) && !isSameToken(token, undefined));
  });
  test('is refused where others can read it, where it is a link, a folder or short', (test) => {
    const folder = temporaryFolder(test);
    const file = path.join(folder, 'token');
    readToken(file);
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(file, mode);
      assert.throws(() => readToken(file), /can be read by others: chmod 600/);
    }
    symlinkSync(file, path.join(folder, 'link'));
    assert.throws(() => readToken(path.join(folder, 'link')), /is a link/);
    assert.throws(() => readToken(folder), /is no regular file/);
    writeFileSync(path.join(folder, 'short'), 'abc\n', { mode: 0o600 });
    assert.throws(() => readToken(path.join(folder, 'short')), /has 3 characters/);
    assert.throws(() => readToken(path.join(folder, 'no', 'such')), /ENOENT|cannot be/);
  });
  test('is a condition for listening to others', () => {
    assert.throws(() => createHub({ host: '0.0.0.0' }), /give it a token/);
    assert.throws(() => createHub({ host: 'workstation' }), /give it a token/);
  });
});

test('TLS: a client that knows the authority talks, one that does not is refused', async (test) => {
  const folder = temporaryFolder(test);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${folder}/key.pem`, '-out', `${folder}/cert.pem`, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
  const hub = await startHub(test, { tls: { cert: `${folder}/cert.pem`, key: `${folder}/key.pem` } });
  assert.match(hub.url, /^https:/);
  const client = await connect(test, hub.url, ['/ui'], { ca: readFileSync(`${folder}/cert.pem`) });
  assert.equal((await client.emit('/ui', 'getRunningActions', {})).status, 200);
  await assert.rejects(connect(test, hub.url, ['/ui']));
});

describe('the page', () => {
  const build = (test) => {
    const folder = path.join(temporaryFolder(test), 'dist');
    mkdirSync(path.join(folder, 'assets'), { recursive: true });
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>hub</title>');
    writeFileSync(path.join(folder, 'assets', 'page-1a2b.js'), 'export {};');
    writeFileSync(path.join(folder, '..', 'secret.html'), 'not for you');
    symlinkSync(path.join(folder, '..', 'secret.html'), path.join(folder, 'link.html'));
    return folder;
  };
  test('comes with headers that keep everything else out', async (test) => {
    const hub = await startHub(test, { page: build(test) });
    const host = `127.0.0.1:${hub.port}`;
    const page = await ask(hub.port, '/', { Host: host });
    assert.equal(page.status, 200);
    assert.match(page.body, /<title>hub/);
    const policy = page.headers['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, new RegExp(`connect-src 'self' ws://${host} wss://${host}`));
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(!/unsafe|\*/.test(policy), policy);
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal(page.headers['access-control-allow-origin'], undefined);
    assert.equal(page.headers['cache-control'], 'no-cache');
    const script = await ask(hub.port, '/assets/page-1a2b.js?x=1', { Host: host });
    assert.match(script.headers['content-type'], /^text\/javascript/);
    assert.match(script.headers['cache-control'], /immutable/);
    const again = await ask(hub.port, '/', { Host: host, 'If-None-Match': page.headers.etag });
    assert.equal(again.status, 304);
    assert.equal((await ask(hub.port, '/', { Host: host }, 'HEAD')).body, '');
    assert.equal((await ask(hub.port, '/', { Host: host }, 'POST')).status, 405);
  });
  test('is all there is: no path leads out of its folder', async (test) => {
    const hub = await startHub(test, { page: build(test) });
    for (const target of ['/../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/../../secret.html', '/link.html', '/assets/', '/assets', '/..\\secret.html', '//etc/passwd', '/%00', '/%', '/index.html%00.js', '/__proto__', '/constructor']) {
      const { status, body } = await ask(hub.port, target, { Host: 'localhost' });
      assert.ok(status === 404 || status === 400, `${target}: ${status}`);
      assert.ok(!body.includes('not for you') && !body.includes('root:'), target);
    }
  });
  test('says what to do where it is not built', async (test) => {
    const hub = await startHub(test);
    const { status, body } = await ask(hub.port, '/', { Host: 'localhost' });
    assert.equal(status, 503);
    assert.match(body, /npm ci && npm run build/);
  });
});

test('health says who is there', async (test) => {
  const hub = await startHub(test);
  await connect(test, hub.url, ['/ui']);
  const { headers, body } = await ask(hub.port, '/health', { Host: 'localhost' });
  assert.equal(headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(body), { status: 'ok', hosts: 0, actions: 0, users: 1, connections: 1 });
});

test('an address that makes no sense is an answer, not an end', async (test) => {
  const hub = await startHub(test);
  const raw = (text) => new Promise((resolve) => {
    let heard = '';
    const connection = net.connect(hub.port, '127.0.0.1', () => connection.end(text));
    connection.on('data', (data) => (heard += data)).on('close', () => resolve(heard)).on('error', () => {});
  });
  assert.match(await raw('GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'), /^HTTP\/1.1 400/);
  assert.match(await raw('nonsense\r\n\r\n'), /^HTTP\/1.1 400/);
  assert.match(await raw(`GET ${socket} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`), /^HTTP\/1.1 400/);
  assert.match(await raw('GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'), /^HTTP\/1.1 404/);
  assert.equal((await ask(hub.port, '/health', { Host: 'localhost' })).status, 200);
});
