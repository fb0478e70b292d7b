// The hub as a process of its own, so that it can be killed and started again at the same address.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const main = fileURLToPath(new URL('../../../../samples/hub/main.js', import.meta.url));

/** `command`: what starts it, such as `silex hub --no-browser`. */
export async function startHub({ port = 0, options = [], command = [process.execPath, main] } = {}) {
  const child = spawn(command[0], [...command.slice(1), '--port', String(port), '--end-with-input', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /(https?:\/\/\S+)/.exec(line)?.[1];
    if (!url) continue;
    child.stdout.resume();
    const bound = Number(new URL(url).port);
    return {
      url,
      port: bound,
      ws: `ws://127.0.0.1:${bound}`,
      async kill(signal = 'SIGKILL') {
        child.kill(signal);
        await ended;
      },
    };
  }
  throw new Error('the hub ended before it said where it listens');
}
