// A hub and a browser for all tests of a spec.
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { startHub } from './hub.mjs';

export let [hub, browser] = [];
before(async () => {
  hub = await startHub();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await hub?.kill();
});
