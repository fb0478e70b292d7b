// samples/hub/demo.sh as a desktop has it: it opens a browser, and what that shows is the four actions while they run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, launch, open, shot } from '../support/browser.mjs';

const demo = fileURLToPath(new URL('../../../../samples/hub/demo.sh', import.meta.url));
const build = process.env.SILEX_TEST_BUILD ?? path.resolve('build/dev');

test('the page that the demo opens sees four actions run, and one of them hold its loop', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'silex-demo-page-'));
  // The desktop's browser: it says what it was asked for, and takes its time.
  const [asked, command] = [path.join(folder, 'asked'), path.join(folder, 'browser')];
  writeFileSync(command, `#!/usr/bin/env bash\necho "$1" >"${asked}.part" && mv "${asked}.part" "${asked}"\n`, { mode: 0o755 });
  const child = spawn(demo, [build], { env: { ...process.env, SILEX_DEMO: 'page', SILEX_DEMO_PORT: '0', SILEX_BROWSER: command } });
  let [output, browser] = [''];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = once(child, 'exit');
  try {
    await eventually(() => existsSync(asked) || assert.equal(child.exitCode, null, 'it goes on'), 'a browser is asked for');
    const url = readFileSync(asked, 'utf8').trim();
    const health = async () => (await fetch(`${url}health`)).json();
    browser = await launch();
    const { hosts, users } = await health();
    assert.deepEqual([hosts, users], [0, 0], 'nothing begins before somebody can see it');
    const { page, errors } = await open(browser, url);
    await page.locator('.host-entry', { hasText: 'shot_020' }).click();
    await page.locator('.banner', { hasText: 'holds the loop' }).waitFor();
    // All in one moment.
    const seen = () => page.evaluate(() => ({
      states: [...document.querySelectorAll('.action-entry .sign')].map((sign) => sign.getAttribute('aria-label')).sort(),
      isHeld: document.querySelector('.banner')?.textContent.includes('holds the loop') ?? false,
    }));
    let last;
    await eventually(async () => {
      last = await seen();
      return last.isHeld && last.states.join() === 'Needs you,Running,Running,Running';
    }, 'four actions that have not ended, and the warning').catch((error) => assert.fail(`${error.message}: ${JSON.stringify(last)}`));
    await shot(page, 'demo');
    assert.deepEqual(errors, []);
    child.kill('SIGTERM');
    await ended;
    await assert.rejects(health(), 'with it ends what it has started');
  } catch (error) {
    throw new Error(`${error.message}\nthe demo said:\n${output}`, { cause: error });
  } finally {
    await browser?.close();
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
});
