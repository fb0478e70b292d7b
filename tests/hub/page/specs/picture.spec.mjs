// The README's first picture: four actions of the demo, in two hosts. SILEX_TEST_PICTURE is where it goes to.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { artefacts, eventually, launch, open, shot } from '../support/browser.mjs';
import { DemoHost } from '../support/demo_host.mjs';
import { startHub } from '../support/hub.mjs';

const largest = 300 * 1024; // bytes

test('four actions run, and one picture shows them', async () => {
  const hub = await startHub();
  const browser = await launch();
  const hosts = [];
  try {
    const { page, errors } = await open(browser, hub.url, { height: 720 });
    hosts.push(new DemoHost('lighting', hub.ws, ['copy_files', 'review']));
    await page.locator('.action-entry', { hasText: 'Copy files' }).click();
    // The other host begins when a part of the copy is done.
    await page.locator('.command-row', { hasText: 'Copy to the share' }).locator('.command-state', { hasText: /^[1-9]\d %$/ }).waitFor();
    hosts.push(new DemoHost('layout', hub.ws, ['build_scene', 'block_loop']));
    await page.locator('.action-entry', { hasText: 'Review a shot' }).waitFor();
    await page.locator('.host-entry.busy', { hasText: /loop held [1-9]\d* s/ }).waitFor();
    await page.locator('.action-entry', { hasText: 'Build a scene' }).waitFor();
    await page.getByRole('button', { name: /Copy to the share/ }).click();
    await eventually(async () => (await page.locator('.action-entry:not(.ended)').count()) === 4, 'four actions are there');
    await shot(page, 'hub');
    assert.deepEqual(errors, []);
    const picture = path.join(artefacts, 'screenshots', 'hub.png');
    assert.ok(statSync(picture).size < largest, `${statSync(picture).size} bytes`);
    if (process.env.SILEX_TEST_PICTURE) {
      mkdirSync(path.dirname(process.env.SILEX_TEST_PICTURE), { recursive: true });
      copyFileSync(picture, process.env.SILEX_TEST_PICTURE);
    }
  } catch (error) {
    throw new Error(`${error.message}\nthe hosts said:\n${hosts.map(({ output }) => output).join('\n')}`, { cause: error });
  } finally {
    await browser.close();
    for (const host of hosts) await host.end();
    await hub.kill();
  }
});
