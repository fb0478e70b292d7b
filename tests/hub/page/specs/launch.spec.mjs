// Launching actions from the page on a host that offers them, and what the host's threads do for them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, eventually, launch, open, shot } from '../support/browser.mjs';
import { DemoHost } from '../support/demo_host.mjs';
import { FakeHost } from '../support/fake_host.mjs';
import { startHub } from '../support/hub.mjs';

let [hub, browser, host, opened, page] = [];
before(async () => {
  hub = await startHub();
  browser = await launch();
  host = new DemoHost('workshop', hub.ws);
  opened = await open(browser, hub.url);
  page = opened.page;
});
after(async () => {
  await browser?.close();
  await host?.end();
  await hub?.kill();
});
const button = (name) => page.getByRole('button', { name, exact: true });
const badge = (text) => page.locator('.title-line .badge', { hasText: text }).waitFor();
async function openLaunch(label) {
  await page.getByRole('button', { name: /^Launch/ }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Action', { exact: true }).selectOption({ label });
  return dialog;
}
const start = (dialog) => dialog.getByRole('button', { name: 'Launch', exact: true }).click();

test('an action is launched with parameters, asks, and is answered', async () => {
  await eventually(() => /is connected/.test(host.output) || assert.equal(host.child.exitCode, null, host.output), 'the host is there');
  await page.locator('.host-entry', { hasText: 'workshop' }).click();
  await page.getByText('It runs none').waitFor();
  const dialog = await openLaunch('Review a shot');
  await dialog.getByLabel('Shot', { exact: true }).fill('sh042');
  assert.deepEqual(await axe(page), []);
  await shot(page, 'launch-with-parameters');
  await start(dialog);
  await page.getByText('"Review a shot" is launched.').waitFor();
  await page.locator('.action-entry', { hasText: 'Review a shot' }).click();
  const form = page.getByRole('form', { name: 'Answer' });
  await form.waitFor();
  await shot(page, 'launched');
  await form.getByRole('button', { name: 'Continue' }).click();
  await badge('Completed');
  await page.getByRole('button', { name: /Verdict/ }).click();
  await page.locator('.command-detail dd', { hasText: 'sh042' }).first().waitFor();
  await eventually(() => /review: completed/.test(host.output), 'the host says so');
});

test('what does not fit is said before anything is launched', async () => {
  const dialog = await openLaunch('Copy files');
  await dialog.getByLabel('MB/s', { exact: true }).fill('many');
  await start(dialog);
  await dialog.getByText('"many" is no number').waitFor();
  assert.equal(await page.locator('.action-entry', { hasText: 'Copy files' }).count(), 0);
  await dialog.getByLabel('Action', { exact: true }).selectOption({ label: 'Build a scene' });
  await dialog.getByLabel('Count', { exact: true }).fill('60');
  await start(dialog);
  await page.locator('.action-entry', { hasText: 'Build a scene' }).click();
  await badge('Completed');
});

test('the timeline says who took how much of loop, main thread and workers', async () => {
  await page.locator('.host-entry', { hasText: 'workshop' }).click();
  const row = page.getByRole('row', { name: /Build a scene/ });
  await row.waitFor();
  await eventually(async () => Number((await row.getByRole('cell').allTextContents())[1]) > 0, 'its time on the main thread is told');
  // It is drawn as well: the canvas has more colours than its empty lanes.
  const drawn = await page.locator('.timeline-canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return colours.size;
  });
  assert.ok(drawn >= 2, `${drawn} colours`);
  await shot(page, 'timeline-of-a-host');
});

test('a launch that blocks the loop is named while it does, and when it ends', async () => {
  await start(await openLaunch('Block the loop'));
  const banner = page.locator('.banner', { hasText: 'holds the loop' });
  await banner.waitFor();
  assert.match(await banner.textContent(), /Block the loop: Hold the loop/);
  await shot(page, 'stall');
  await banner.waitFor({ state: 'detached' });
  await page.getByText('Loop free again').waitFor();
});

test('text that is selected to beyond the dialog leaves it open; a click beside it closes it', async () => {
  const dialog = await openLaunch('Review a shot');
  const field = await dialog.getByLabel('Shot', { exact: true }).boundingBox();
  await page.mouse.move(field.x + field.width / 2, field.y + field.height / 2);
  await page.mouse.down();
  await page.mouse.move(5, 400);
  await page.mouse.up();
  assert.ok(await dialog.isVisible());
  await dialog.getByLabel('Shot', { exact: true }).fill('sh043');
  await page.mouse.click(5, 400);
  await dialog.waitFor({ state: 'detached' });
});

test('the demo\'s files are copied as often as somebody likes', async () => {
  for (const count of [1, 2]) {
    const dialog = await openLaunch('Copy files');
    await dialog.getByLabel('MB/s', { exact: true }).fill('1000');
    await start(dialog);
    await page.locator('.action-entry', { hasText: 'Copy files' }).filter({ hasText: 'Completed' }).nth(count - 1).waitFor();
  }
});

test('where the chosen host goes and another one is there, that is launched on, and the page says so', async () => {
  const launchable = [{ name: 'publish', label: 'Publish' }];
  const other = await new FakeHost(hub.url, { uuid: 'other', name: 'annex', launchable }).begin();
  await page.locator('.host-entry', { hasText: 'annex' }).click();
  const dialog = await openLaunch('Publish');
  other.end();
  await dialog.getByText('annex is gone; this one is here.').waitFor();
  await shot(page, 'launch-on-another');
  assert.deepEqual(await axe(page), []);
  assert.match(await dialog.getByLabel('Host', { exact: true }).evaluate((select) => select.selectedOptions[0]?.textContent), /workshop/);
  await dialog.getByLabel('Action', { exact: true }).selectOption({ label: 'Review a shot' });
  await start(dialog);
  await page.getByText('"Review a shot" is launched.').last().waitFor();
  await page.locator('.host-entry', { hasText: 'workshop' }).click();
});

test('a host that is gone meanwhile cannot be launched on, and the page says so', async () => {
  const dialog = await openLaunch('Review a shot');
  host.child.kill('SIGKILL');
  await dialog.getByText(/No host is connected/).waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Launch', exact: true }).isDisabled());
  await page.keyboard.press('Escape');
  await badge('Gone');
  assert.deepEqual(opened.errors, []);
});
