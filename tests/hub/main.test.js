// The hub's command line, as a program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './support/hub.js';

const main = fileURLToPath(new URL('../../samples/hub/main.js', import.meta.url));

const silex = process.env.SILEX_HUB_COMMAND;

function temporaryFolder(test) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'silex-hub-'));
  test.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Ended programs have their `code`, and what they said in `output`; `line()` is what they say first. */
function run(test, ...options) {
  return start(test, [process.execPath, main, ...options]);
}
function start(test, [command, ...words], environment = {}) {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  test.after(() => child.kill('SIGKILL'));
  const program = { child, output: '' };
  let first;
  program.line = new Promise((resolve) => (first = resolve));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    program.output += text;
    if (program.output.includes('\n')) first(program.output.split('\n')[0]);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (program.output += text));
  program.code = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)));
  // One that ends without a line said nothing, or only why.
  program.code.then(() => first(program.output));
  return program;
}

test('says its address when it is ready, answers there, and ends when it is asked to', async (test) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const program = run(test, '--port', '0');
    const [, url] = /^hub: (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(await program.line);
    assert.equal((await fetch(`${url}health`)).status, 200);
    program.child.kill(signal);
    assert.equal(await program.code, 0);
  }
});

test('ends with its input where it is asked to', async (test) => {
  const program = run(test, '--port', '0', '--end-with-input');
  await program.line;
  program.child.stdin.end();
  assert.equal(await program.code, 0);
});

test('makes a token file that is its owner\'s', async (test) => {
  const folder = temporaryFolder(test);
  const file = path.join(folder, 'token');
  const program = run(test, '--port', '0', '--token-file', file);
  await program.line;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  writeFileSync(path.join(folder, 'open'), 'x'.repeat(40), { mode: 0o644 });
  const refused = run(test, '--port', '0', '--token-file', path.join(folder, 'open'));
  assert.equal(await refused.code, 2);
  assert.match(refused.output, /can be read by others/);
});

test('says in a sentence what is wrong with what it was asked', async (test) => {
  const taken = net.createServer();
  await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
  test.after(() => taken.close());
  const wrong = [
    [['--port', 'x'], /--port is "x"; allowed: 0 to 65535/],
    [['--port', '70000'], /--port is "70000"/],
    [['--prot', '1'], /--prot/],
    [['--host', '0.0.0.0', '--port', '0'], /give it a token/],
    [['--tls-cert', 'x'], /go together/],
    [['--tls-cert', '/no', '--tls-key', '/no'], /ENOENT/],
    [['--allow-action', 'a b'], /no name of an action/],
    [['--port', String(taken.address().port)], /is taken: is a hub running already/],
  ];
  for (const [options, why] of wrong) {
    const program = run(test, ...options);
    assert.equal(await program.code, 2, options.join(' '));
    assert.match(program.output, why);
    assert.ok(!program.output.includes('    at '), program.output);
  }
});

/** A browser that only writes down what it was asked to open. */
function fakeBrowser(folder) {
  const file = path.join(folder, 'browser');
  writeFileSync(file, `#!/bin/sh\nprintf '%s' "$*" >"${folder}/asked.part" && mv "${folder}/asked.part" "${folder}/asked"\n`);
  chmodSync(file, 0o755);
  return { SILEX_BROWSER: file };
}
const asked = (folder) => until(() => existsSync(path.join(folder, 'asked')) && readFileSync(path.join(folder, 'asked'), 'utf8'));

test('opens the page; a token goes through a file of its owner\'s, not through a command line', async (test) => {
  const folder = temporaryFolder(test);
  const file = path.join(folder, 'token');
  const program = start(test, [process.execPath, main, '--port', '0', '--open', '--token-file', file], fakeBrowser(folder));
  const url = (await program.line).replace('hub: ', '');
  const token = readFileSync(file, 'utf8').trim();
  const address = await asked(folder);
  assert.match(address, /^file:/);
  assert.ok(!address.includes(token));
  const page = fileURLToPath(address);
  assert.equal(statSync(page).mode & 0o777, 0o600);
  assert.ok(readFileSync(page, 'utf8').includes(`url=${url}#token=${token}"`));
});

test('silex hub starts it, opens its page and ends with it', { skip: !silex && 'no SILEX_HUB_COMMAND' }, async (test) => {
  const folder = temporaryFolder(test);
  const program = start(test, [silex, 'hub', '--port', '0', '--allow-action', 'a', '--allow-action', 'b'], fakeBrowser(folder));
  const url = (await program.line).replace('hub: ', '');
  assert.equal(await asked(folder), url);
  assert.equal((await fetch(`${url}health`)).status, 200);
  program.child.kill('SIGINT');
  assert.equal(await program.code, 0);
  await assert.rejects(fetch(`${url}health`));

  const quiet = start(test, [silex, 'hub', '--port', '0', '--no-browser'], fakeBrowser(temporaryFolder(test)));
  await quiet.line;
  const wrong = [
    [{ SILEX_HUB: folder }, ['hub'], 1, /SILEX_HUB names a folder without main.js/],
    [{ PATH: '/nonexistent' }, ['hub'], 1, /Node.js is not there: install version 18/],
    [{}, ['hub', '--prot', '1'], 2, /--prot/],
    [{}, ['hub', '--no-browser', '--port', 'x'], 2, /--port is "x"/],
  ];
  for (const [environment, words, code, why] of wrong) {
    const refused = start(test, [silex, ...words], environment);
    assert.equal(await refused.code, code, words.join(' '));
    assert.match(refused.output, why);
  }
});
