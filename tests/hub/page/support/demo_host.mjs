// The host of the hub's demo: a main thread with a scene, and actions that users may launch.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = process.env.SILEX_TEST_HUB_HOST ?? path.resolve('build/dev/samples/hub/host/hub_host');
const adapters = process.env.SILEX_TEST_ADAPTERS ?? path.resolve('build/dev/tests/hosts/toy');
const host = fileURLToPath(new URL('../../../../samples/hub/host', import.meta.url));
// As the demo has them where there is a page: so long that what they do is seen, however slow the machine is.
const definitions = `${host}/unhurried:${host}`;

export class DemoHost {
  output = '';

  constructor(name, url, actions = []) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'silex-demo-'));
    this.child = spawn(program, [name, url, ...actions], {
      cwd: this.folder,
      env: { ...process.env, SILEX_ACTION_CONFIG: definitions, SILEX_ADAPTER_PATH: `${path.dirname(program)}:${adapters}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.output += text));
    this.ended = once(this.child, 'exit').catch((error) => (this.output += `${error.message}\n`));
  }
  async end() {
    this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
