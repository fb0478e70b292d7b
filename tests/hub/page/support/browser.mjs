// Chromium, and a page in it whose errors fail the test.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const artefacts = process.env.SILEX_TEST_ARTEFACTS ?? path.resolve('build/dev/tests/hub/page');

const program = [process.env.SILEX_TEST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((one) => one && existsSync(one));

export const launch = () =>
  chromium.launch({
    executablePath: program,
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });

/** The names of the events whose acknowledgement the hub has sent to the page, as they come. */
function acknowledgements(page) {
  const names = [];
  page.on('websocket', (socket) => {
    const asked = new Map();
    socket.on('framesent', ({ payload }) => {
      const [, id, name] = /^42(\/[^,]*,\d+)\["(\w+)"/.exec(payload) ?? [];
      if (id) asked.set(id, name);
    });
    socket.on('framereceived', ({ payload }) => {
      const [, id] = /^43(\/[^,]*,\d+)\[/.exec(payload) ?? [];
      if (id) names.push(asked.get(id));
    });
  });
  return names;
}

/** A page on `url`. `errors` are what its console said; those that `expects` matches are what the test brings about. */
export async function open(browser, url, { width = 1280, height = 800, dark = false, expects = /$^/ } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors = [];
  const note = (text) => !expects.test(text) && errors.push(text);
  page.on('pageerror', (error) => note(String(error.stack)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(message.text()));
  page.on('requestfailed', (request) => !request.url().startsWith('ws') && note(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('request', (request) => !request.url().startsWith(new URL(url).origin) && note(`something from elsewhere: ${request.url()}`));
  page.setDefaultTimeout(60_000);
  const acknowledged = acknowledgements(page);
  await page.goto(url);
  return { page, errors, acknowledged, close: () => context.close() };
}

export async function shot(page, name) {
  mkdirSync(path.join(artefacts, 'screenshots'), { recursive: true });
  await page.screenshot({ path: path.join(artefacts, 'screenshots', `${name}.png`) });
}

/** What axe finds, a line each. */
export async function axe(page) {
  // The page's policy takes no script from elsewhere: it goes in by the debugger, as the test itself.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}

/** Waits, within a bound, until `condition` gives something. */
export async function eventually(condition, what, within = 60_000) {
  const end = performance.now() + within;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > end) throw new Error(`it did not come to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
