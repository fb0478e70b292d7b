// The host of the hub's demo: a main thread with a scene, and actions that users may launch.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = process.env.SILEX_TEST_HUB_HOST ?? path.resolve('build/dev/samples/hub/host/hub_host');
const adapters = process.env.SILEX_TEST_ADAPTERS ?? path.resolve('build/dev/tests/hosts/toy');
const definitions = fileURLToPath(new URL('../../../../samples/hub/host', import.meta.url));

export class DemoHost {
  output = '';

  /** `parameters`: {action: {parameter: value}}, instead of what the demo's definitions say of them. */
  constructor(name, url, actions = [], parameters = {}) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'silex-demo-'));
    cpSync(path.join(definitions, 'action'), path.join(this.folder, 'action'), { recursive: true });
    for (const [action, values] of Object.entries(parameters)) this.#define(action, values);
    this.child = spawn(program, [name, url, ...actions], {
      cwd: this.folder,
      env: { ...process.env, SILEX_ACTION_CONFIG: this.folder, SILEX_ADAPTER_PATH: `${path.dirname(program)}:${adapters}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.output += text));
    this.ended = once(this.child, 'exit').catch((error) => (this.output += `${error.message}\n`));
  }
  #define(action, values) {
    const file = path.join(this.folder, 'action', `${action}.yml`);
    let text = readFileSync(file, 'utf8');
    for (const [parameter, value] of Object.entries(values)) {
      const [before, after] = [text, text.replace(new RegExp(`\\b${parameter}: \\d+`), `${parameter}: ${value}`)];
      if (before === after) throw new Error(`${file} says nothing of ${parameter}`);
      text = after;
    }
    writeFileSync(file, text);
  }
  async end() {
    this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
