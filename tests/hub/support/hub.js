// A hub in this process, on a port that is free, which goes with its test; and what else tests of it need.
import { createHub } from '../../../samples/hub/src/hub.js';

/** @returns the hub, with its `url` and `port`, and what it logged in `lines` */
export async function startHub(test, options = {}) {
  const lines = [];
  const hub = createHub({ page: '/nonexistent', log: (line) => lines.push(line), ...options });
  const { url, port } = await hub.listen();
  test.after(() => hub.close());
  return Object.assign(hub, { url, port, lines });
}

/** Until `what()` is true (or gives something); what does not come within the bound fails the test. */
export async function until(what, sentence = String(what), bound = 30_000) {
  const end = performance.now() + bound;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (performance.now() > end) throw new Error(`it did not come: ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
