// 50 hosts, 2,000 commands, 200 updates a second: nothing is lost, the document stays small. What it costs is reported.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, shot } from '../support/browser.mjs';
import { FakeHost, action, command, step } from '../support/fake_host.mjs';
import { startHub } from '../support/hub.mjs';

const [hostCount, commandCount, perSecond, seconds] = [50, 2000, 200, 5];
/** Elements of the whole document: a screen's worth of rows, whatever there is. */
const mostElements = 1500;

let [hub, browser] = [];
const hosts = [];
before(async () => {
  hub = await startHub();
  browser = await launch();
});
after(async () => {
  hosts.forEach((host) => host.end());
  await browser?.close();
  await hub?.kill();
});
const elements = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

test('the first paint', async (t) => {
  const page = await browser.newPage(); // the browser runs already, as a user's does
  const began = Date.now();
  const ours = await startHub({ command: [process.env.SILEX_TEST_COMMAND ?? 'build/dev/sdk/tools/silex/silex', 'hub', '--no-browser'] });
  t.after(() => ours.kill());
  await page.goto(ours.url);
  await page.getByText('No host is connected').waitFor();
  const { navigated, paint, size } = await page.evaluate(() => ({
    navigated: performance.timeOrigin,
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    size: performance.getEntriesByType('resource').reduce((sum, one) => sum + one.encodedBodySize, 0),
  }));
  const ms = (value) => `${Math.round(value)} ms`;
  t.diagnostic(`first contentful paint ${ms(navigated + paint - began)} after silex hub was started, ${ms(paint)} after navigation; ${Math.round(size / 1024)} KiB loaded`);
  assert.ok(size < 400 * 1024, `${size} bytes`);
  await page.close();
});

test('many hosts, a long action and many updates', async (t) => {
  // While the page asks who is there, they come.
  const opening = open(browser, hub.url);
  for (let n = 0; n < hostCount; n += 1) {
    hosts.push(await new FakeHost(hub.url, { uuid: `h${n}`, name: `host ${String(n).padStart(2, '0')}` }).begin());
  }
  const steps = {};
  for (let s = 0; s < 20; s += 1) {
    const commands = {};
    for (let c = 0; c < commandCount / 20; c += 1) commands[`c${c}`] = command(`Command ${s}.${c}`, 1);
    steps[`s${s}`] = step(`Step ${s}`, s, 1, commands);
  }
  await hosts[0].query(action('long', 'A long action', 3, steps));
  for (const [n, host] of hosts.entries()) await host.query(action(`a${n}`, `Action ${n}`, 3, { s: step('Step', 1, 3, { c: command('Command', 3, { progress: 0 }) }) }));

  const { page, errors, close } = await opening;
  await page.locator('.link-state', { hasText: `${hostCount} hosts` }).waitFor();
  await page.locator('.action-entry', { hasText: 'A long action' }).click();
  await page.locator('.command-row').first().waitFor();
  const before = await elements(page);
  assert.ok(before < mostElements, `${before} elements`);

  await page.evaluate(() => {
    const frames = [];
    let last = performance.now();
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      globalThis.frameTimer = requestAnimationFrame(tick);
    };
    globalThis.frames = frames;
    requestAnimationFrame(tick);
  });
  // Round and round: a command is done, another begins; each tenth update logs a line; the small actions make progress.
  let [sent, logged] = [0, 0];
  const acknowledged = [];
  const begin = performance.now();
  const due = () => Math.floor(((performance.now() - begin) / 1000) * perSecond);
  const logs = [];
  while (sent < perSecond * seconds) {
    for (; sent < Math.min(due(), perSecond * seconds); sent += 1) {
      const at = sent % commandCount;
      const [s, c] = [Math.floor(at / 100), at % 100];
      const change = { status: 0, progress: 100 };
      if (sent % 10 === 0) {
        logged += 1;
        change.logs = [{ level: 'INFO', message: `update ${sent}` }];
        logs.push(change.logs[0].message);
      }
      acknowledged.push(hosts[0].update({ uuid: 'long', steps: { [`s${s}`]: { commands: { [`c${c}`]: change } } } }));
      if (sent % 20 === 0) {
        const n = (sent / 20) % hostCount;
        acknowledged.push(hosts[n].update({ uuid: `a${n}`, steps: { s: { commands: { c: { progress: Math.floor((sent / (perSecond * seconds)) * 100) } } } } }));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(acknowledged);
  const count = `${Math.min(sent, commandCount)} of ${commandCount}`;
  await page.locator('.progress-line', { hasText: count }).waitFor();
  const frames = (await page.evaluate(() => {
    cancelAnimationFrame(globalThis.frameTimer);
    return globalThis.frames.slice(2);
  })).sort((a, b) => a - b);
  t.diagnostic(`${sent} updates in ${((performance.now() - begin) / 1000).toFixed(1)} s: ${frames.length} frames, p50 ${quantile(frames, 0.5).toFixed(1)} ms, p95 ${quantile(frames, 0.95).toFixed(1)} ms, p99 ${quantile(frames, 0.99).toFixed(1)} ms, longest ${frames.at(-1).toFixed(1)} ms`);

  const after = await elements(page);
  assert.ok(after < mostElements, `${after} elements`);
  t.diagnostic(`${after} elements with ${hostCount} hosts and ${commandCount} commands`);

  // Nothing is lost: the log has each line once, in order, and a row far down is right.
  await page.getByRole('tab', { name: /Log/ }).click();
  await page.locator('.tab-count', { hasText: String(logged) }).waitFor();
  const seen = await page.evaluate(async () => {
    const list = document.querySelector('.log-lines');
    const lines = new Map();
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    document.querySelector('.follow[aria-pressed=true]')?.click();
    for (let y = 0; ; y += 200) {
      list.scrollTop = y;
      await frame();
      for (const row of list.querySelectorAll('[data-index]')) lines.set(Number(row.dataset.index), row.querySelector('.log-message').textContent);
      if (y >= list.scrollHeight) return [...lines.entries()].sort(([a], [b]) => a - b).map(([, text]) => text);
    }
  });
  assert.deepEqual(seen, logs);
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.locator('.steps').evaluate((list) => (list.scrollTop = list.scrollHeight));
  await page.locator('.command-row', { hasText: 'Command 19.99' }).waitFor();
  const middle = page.locator('.command-row', { hasText: 'Command 9.50' });
  // Upwards, a drawn frame at a time: what is scrolled past before it is drawn is never in the document.
  await page.locator('.steps').evaluate(async (list) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const seen = () => [...list.querySelectorAll('.command-row')].some((row) => row.textContent.includes('Command 9.50'));
    for (await frame(); !seen() && list.scrollTop > 0; await frame()) list.scrollTop -= 400;
  });
  await middle.locator('.command-state', { hasText: 'Completed' }).waitFor();
  await shot(page, 'load');
  assert.ok((await elements(page)) < mostElements);

  // The side bar, too.
  await page.getByLabel('Filter hosts and actions').fill('host 49');
  await page.locator('.action-entry', { hasText: 'Action 49' }).waitFor();
  assert.deepEqual(errors, []);
  await close();
});
