// Bad weather: whoever goes and comes back, and whatever somebody sends, page and host agree in the end.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, eventually, launch, open, shot } from '../support/browser.mjs';
import { FakeHost, action, command, parameter, step } from '../support/fake_host.mjs';
import { startHub } from '../support/hub.mjs';
import { RealHost, definition } from '../support/real_host.mjs';
import { wireTo } from '../support/wire_cutter.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

/** What a browser says by itself of a server that is away. */
const away = /WebSocket connection to|ERR_CONNECTION|ERR_EMPTY_RESPONSE/;
const button = (page, name) => page.getByRole('button', { name, exact: true });
const badge = (page, text) => page.locator('.title-line .badge', { hasText: text }).waitFor();
const state = (page, label, text) => page.locator('.command-row', { hasText: label }).locator('.command-state', { hasText: text }).waitFor();

const gated = {
  work: definition('work', 'Work on', [
    'a: {path: page.Work, label: First, parameters: {text: a, until: FOLDER/a}}',
    'b: {path: page.Work, label: Second, parameters: {text: b, until: FOLDER/b}}',
    'c: {path: page.Fail, label: Third, ask_user: true, parameters: {fail: false}}',
  ]),
};

/** A hub, a host behind a network of its own, a page behind another one. */
async function weather(work) {
  let hub = await startHub();
  const [hostWire, pageWire] = [await wireTo(hub.port), await wireTo(hub.port)];
  const host = new RealHost(gated).run(hostWire.ws, ['work']);
  const opened = await open(browser, pageWire.url, { expects: away });
  const { page } = opened;
  const restart = async () => {
    await hub.kill();
    return async () => (hub = await startHub({ port: hub.port }));
  };
  try {
    await page.locator('.action-entry', { hasText: 'Work on' }).click();
    await badge(page, 'Running');
    await work({ ...opened, host, hostWire, pageWire, restart, health: async () => (await fetch(`${hub.url}health`)).json() });
    assert.deepEqual(opened.errors, []);
  } catch (error) {
    await shot(page, 'weather-failed');
    throw new Error(`${error.message}\nthe host said:\n${host.output}`, { cause: error });
  } finally {
    await opened.close();
    await host.end();
    hostWire.close();
    pageWire.close();
    await hub.kill();
  }
}
/** The page shows what the host does: to its end. */
async function finish(page, host) {
  host.make('a');
  host.make('b');
  await page.getByText('Third needs an answer').waitFor();
  await state(page, 'First', 'Completed');
  await state(page, 'Second', 'Completed');
  await button(page, 'Continue').click();
  await badge(page, 'Completed');
}

test('the hub is killed and comes back: what happened meanwhile is seen', () =>
  weather(async ({ page, host, restart }) => {
    const start = await restart();
    const banner = page.locator('.banner', { hasText: 'The hub is away' });
    await banner.waitFor();
    await page.getByText(/next attempt is in \d+ s|Trying now/).waitFor();
    assert.ok(await button(page, 'Pause').isDisabled(), 'nothing is offered that cannot be done');
    assert.deepEqual(await axe(page), []);
    await shot(page, 'hub-away');
    host.make('a');
    await eventually(() => /First: done a/.test(host.output), 'the host works on without the hub');
    await start();
    await banner.waitFor({ state: 'detached' });
    await state(page, 'First', 'Completed');
    await state(page, 'Second', '50 %');
    await badge(page, 'Running');
    await finish(page, host);
  }));

test('the page loses its network: it catches up', () =>
  weather(async ({ page, host, pageWire }) => {
    pageWire.cut();
    await page.locator('.banner', { hasText: 'The hub is away' }).waitFor();
    host.make('a');
    host.make('b');
    await eventually(() => /Third: waits/.test(host.output), 'the host works on');
    pageWire.mend();
    // Whoever does not want to wait for the next attempt need not.
    await button(page, 'Try now').click({ timeout: 5000 }).catch(() => {});
    await page.getByText('Third needs an answer').waitFor();
    await finish(page, host);
  }));

test('the host loses its network: it is gone, and comes back with its action', () =>
  weather(async ({ page, host, hostWire }) => {
    hostWire.cut();
    await badge(page, 'Ended');
    await page.locator('.host-entry.gone').waitFor();
    await page.getByText('its host is gone').first().waitFor();
    host.make('a');
    await eventually(() => /First: done a/.test(host.output), 'the host works on');
    hostWire.mend();
    await badge(page, 'Running');
    await state(page, 'First', 'Completed');
    assert.equal(await page.locator('.host-entry').count(), 1, 'it is the same host as before');
    await finish(page, host);
  }));

test('what was typed into a prompt is there when hub and host have come back', () =>
  weather(async ({ page, host, hostWire, restart }) => {
    host.make('a');
    host.make('b');
    const asked = page.getByText('Third needs an answer');
    const fail = page.getByRole('switch', { name: 'Fail' });
    await asked.waitFor();
    await fail.check();
    hostWire.cut();
    await badge(page, 'Ended');
    hostWire.mend();
    await asked.waitFor();
    assert.ok(await fail.isChecked(), 'the host was away');
    const start = await restart();
    await page.locator('.banner', { hasText: 'The hub is away' }).waitFor();
    await start();
    await page.locator('.banner', { hasText: 'The hub is away' }).waitFor({ state: 'detached' });
    await asked.waitFor();
    assert.ok(await fail.isChecked(), 'the hub was away');
    await fail.uncheck();
    await button(page, 'Continue').click();
    await badge(page, 'Completed');
  }));

test('a host that introduces itself once more is shown as it is now', async () => {
  const hub = await startHub();
  const host = await new FakeHost(hub.url, { uuid: 'h' }).begin();
  const opened = await open(browser, hub.url);
  const { page } = opened;
  try {
    const whole = (status) => action('a', 'Once more', status, { s: step('Step', 10, status, { c: command('Only', status) }) }, { context_metadata: host.context });
    await host.query(whole(3));
    await page.locator('.action-entry', { hasText: 'Once more' }).click();
    await badge(page, 'Running');
    await host.begin({ a: whole(0) });
    await badge(page, 'Completed');
    await state(page, 'Only', 'Completed');
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.close();
    host.end();
    await hub.kill();
  }
});

test('the host is killed: its action has ended, and can still be read', () =>
  weather(async ({ page, host, health }) => {
    host.child.kill('SIGKILL');
    await badge(page, 'Ended');
    await page.locator('.host-entry.gone').waitFor();
    await page.getByRole('tab', { name: /Log/ }).click();
    await page.locator('.log-line', { hasText: 'begun a' }).waitFor();
    assert.equal((await health()).actions, 0);
    await page.locator('.host-entry').click();
    await page.getByText('It is gone for').waitFor();
    await button(page, 'Remove from the list').click();
    await page.getByText('No host is connected').waitFor();
  }));

test('whatever a host sends is text, and breaks nothing', async () => {
  const hub = await startHub();
  const opened = await open(browser, hub.url);
  const { page } = opened;
  const html = '<img src=x onerror="globalThis.pwned = true"><script>globalThis.pwned = true</script>';
  const host = await new FakeHost(hub.url, { uuid: 'h', name: html, user: html }).begin();
  try {
    await host.query(action('evil', html, 2, {
      [html]: step(html, 1, 2, {
        [html]: command(html, 2, {
          tooltip: html, path: html, logs: [{ level: html, message: html }, { level: 'TRACEBACK', message: html }],
          parameters: { [html]: parameter({ name: 'select', options: { [html]: 1 } }, 1, { label: html, tooltip: html }), shown: parameter({ name: 'text', color: html }, html) },
        }),
      }),
    }, { tooltip: html }));
    // Nothing is of the type that it should be.
    await host.query({
      uuid: 'odd', label: { a: 1 }, name: ['x'], status: 'three', execution_type: {}, hide: 'no', steps: {
        list: [], none: null, odd: { label: 7, index: 'first', commands: { a: { label: null, status: -3, progress: 'half', logs: 'none', parameters: [] }, b: 5, c: { logs: [null, 5, {}], parameters: { p: { type: { name: 'range', start: 'a', end: null }, value: {} }, q: null } } } },
      },
    });
    await host.update(JSON.parse('{"uuid":"odd","__proto__":{"polluted":true},"steps":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}')).catch(() => {});
    await host.tell('hostStatus', { type: 'loopStalled', name: html, seconds: 'long', message: html });
    await host.tell('metrics', { type: 'metrics', seconds: 0.5, loop: 'x', main: { tasks: [null, { name: html, busy: 'much' }, { name: html, busy: 0.2, action: 'evil' }] } });

    await page.locator('.action-entry', { hasText: '<img src=x' }).click();
    const form = page.getByRole('form', { name: 'Answer' });
    await form.getByText('<script>').first().waitFor();
    await page.locator('.banner', { hasText: '<script>' }).waitFor();
    await page.locator('.command-head').click();
    await page.locator('.command-detail', { hasText: 'onerror' }).waitFor();
    await shot(page, 'html-is-text');
    await page.getByRole('tab', { name: /Log/ }).click();
    await page.locator('.traceback', { hasText: '<script>' }).waitFor();
    await page.getByRole('tab', { name: /Timeline/ }).click();
    await page.getByRole('table').waitFor();
    await button(form, 'Continue').click();
    await eventually(() => host.received.some(([event]) => event === 'update'), 'the answer comes');
    assert.equal(host.received.find(([event]) => event === 'update')[1].steps[html].commands[html].parameters[html].value, 1);

    await page.evaluate(() => (location.hash = '#action/odd'));
    await page.locator('main h1').waitFor();
    await page.getByRole('tab', { name: /Steps/ }).click();
    for (const head of await page.locator('.command-head').all()) await head.click();
    await shot(page, 'odd-types');
    await page.evaluate(() => (location.hash = '#host/h'));
    await page.getByText('Loop held', { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    assert.equal(await page.locator('#page script, #page img').count(), 0);
    assert.deepEqual(opened.errors, []);
  } catch (error) {
    await shot(page, 'hostile-failed');
    throw error;
  } finally {
    await opened.close();
    host.end();
    await hub.kill();
  }
});

test('a hub with a token: the address brings it, or the page asks for it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'silex-token-'));
  const file = path.join(folder, 'token');
  const hub = await startHub({ options: ['--token-file', file] });
  try {
    assert.ok(existsSync(file));
    const token = readFileSync(file, 'utf8').trim();
    const opened = await open(browser, hub.url);
    const { page } = opened;
    await page.getByText('This hub is locked').waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, 'locked');
    await page.getByLabel('Token').fill('not the token at all');
    await button(page, 'Unlock').click();
    await page.getByText(/the token is missing or wrong/).waitFor();
    await page.getByLabel('Token').fill(token);
    await button(page, 'Unlock').click();
    await page.getByText('No host is connected').waitFor();
    await page.reload();
    await page.getByText('No host is connected').waitFor();
    assert.deepEqual(opened.errors, []);
    await opened.close();
    const other = await open(browser, `${hub.url}#token=${encodeURIComponent(token)}`);
    await other.page.getByText('No host is connected').waitFor();
    assert.equal(await other.page.evaluate(() => location.hash), '', 'it does not stay in the address');
    await other.close();
    // A link that is followed in a tab that is locked already loads nothing anew.
    const locked = await open(browser, hub.url);
    await locked.page.getByText('This hub is locked').waitFor();
    await locked.page.evaluate((to) => (location.hash = to), `#token=${encodeURIComponent(token)}`);
    await locked.page.getByText('No host is connected').waitFor();
    assert.equal(await locked.page.evaluate(() => location.hash), '');
    await locked.close();
  } finally {
    await hub.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
