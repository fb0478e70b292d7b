// Many hosts at once: nothing that they say is lost. SILEX_TEST_LONG=1: 10 hosts, 50 updates a second each for 60 s
// (SILEX_HUB_SECONDS), and then what that costs the hub, in a process of its own, and how late the page hears of it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect, hostNamespaces, wholeAction } from './support/clients.js';
import { until } from './support/hub.js';

const inFull = Boolean(process.env.SILEX_TEST_LONG);
const hosts = 10;
const perSecond = 50;
const seconds = inFull ? Number(process.env.SILEX_HUB_SECONDS ?? 60) : 2;
const main = fileURLToPath(new URL('../../samples/hub/main.js', import.meta.url));

async function startProcess(test) {
  const child = spawn(process.execPath, [main, '--port', '0', '--end-with-input'], { stdio: ['pipe', 'pipe', 'inherit'] });
  test.after(() => child.kill('SIGKILL'));
  const url = await new Promise((resolve, reject) => {
    child.once('exit', reject);
    createInterface({ input: child.stdout }).once('line', (line) => resolve(line.replace('hub: ', '')));
  });
  const ticks = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).reduce((sum, part) => sum + Number(part), 0);
  return {
    url,
    cpuSeconds: () => ticks() / 100,
    peakMiB: () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
  };
}

test(`${hosts} hosts, ${perSecond} updates a second each for ${seconds} s: none is lost`, async (test) => {
  const hub = await startProcess(test);
  const user = await connect(test, hub.url, ['/ui']);
  const late = [];
  const merged = new Map(); // action: what the page made of it
  user.manager.socket('/ui').on('actionUpdate', ({ data }) => {
    const now = performance.now();
    const seen = merged.get(data.uuid) ?? {};
    for (const [name, step] of Object.entries(data.steps ?? {})) {
      seen[name] = step.n;
      late.push(now - step.at);
    }
    merged.set(data.uuid, seen);
  });
  const all = [];
  for (let i = 0; i < hosts; ++i) {
    const host = await connect(test, hub.url, hostNamespaces);
    const uuid = `h${i}`;
    assert.equal((await host.emit('/dcc', 'initialization', { context: { uuid }, runningActions: {} })).status, 200);
    assert.equal((await host.emit('/dcc/action', 'initialization', { uuid })).status, 200);
    assert.equal((await host.emit('/dcc/action', 'query', wholeAction(`a${i}`, uuid))).status, 200);
    all.push(host);
  }

  const before = { cpu: hub.cpuSeconds(), at: performance.now() };
  const refused = [];
  const begin = performance.now();
  for (let n = 0; n < perSecond * seconds; ++n) {
    const pause = begin + (n * 1000) / perSecond - performance.now();
    // Also where it is behind: hosts that catch up do not keep the page, which is in this process too, from listening.
    await new Promise((resolve) => (pause > 1 ? setTimeout(resolve, pause) : setImmediate(resolve)));
    for (const [i, host] of all.entries()) {
      // Each in a step of its own, or the merge of a batch would hide one that is lost.
      const diff = { uuid: `a${i}`, steps: { [`u${n}`]: { n, at: performance.now() } } };
      host.tell('/dcc/action', 'update', diff, (answer) => answer.status !== 200 && refused.push(answer));
    }
  }
  const count = perSecond * seconds;
  const isWhole = () => late.length >= count * hosts;
  await until(isWhole, `all ${count} updates of ${hosts} hosts at the page`, 120_000);
  assert.deepEqual(refused, []);
  const stored = (await user.emit('/ui', 'getRunningActions', {})).data;
  for (let i = 0; i < hosts; ++i) {
    for (let n = 0; n < count; ++n) {
      assert.equal(stored[`a${i}`].steps[`u${n}`].n, n);
      assert.equal(merged.get(`a${i}`)[`u${n}`], n);
    }
  }

  const core = (hub.cpuSeconds() - before.cpu) / ((performance.now() - before.at) / 1000);
  late.sort((a, b) => a - b);
  const at = (part) => late[Math.floor(late.length * part)];
  const figures = `hub: ${(core * 100).toFixed(1)} % of a core, ${hub.peakMiB().toFixed(0)} MiB at most; host to page p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms; load average ${loadavg()[0].toFixed(1)}`;
  test.diagnostic(figures);
  if (!inFull) return;
  // What a machine that is busy with other things may miss is said, and fails only where it was asked for.
  if (process.env.SILEX_HUB_NUMBERS) {
    assert.ok(core < 0.3, figures);
    assert.ok(hub.peakMiB() < 150, figures);
    assert.ok(at(0.99) < 50, figures);
  }
});
