// The command silex as a host: the runtime itself, with the commands of pack/.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const silex = process.env.SILEX_TEST_COMMAND ?? path.resolve('build/dev/sdk/tools/silex/silex');
const packs = process.env.SILEX_TEST_PACKS ?? path.resolve('build/dev/tests/hub/page');

export class RealHost {
  output = '';

  /** `definitions`: {name: YAML}. "FOLDER" in them is a folder of this host's own. */
  constructor(definitions) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'silex-page-'));
    mkdirSync(path.join(this.folder, 'action'));
    for (const [name, text] of Object.entries(definitions)) {
      writeFileSync(path.join(this.folder, 'action', `${name}.yml`), text.replaceAll('FOLDER', this.folder));
    }
  }
  run(url, names, environment = {}) {
    // Kept for as long as a test may last: it ends with the test.
    this.child = spawn(silex, ['action', ...names, '--url', url, '--stay', '600'], {
      env: { ...process.env, SILEX_ACTION_CONFIG: this.folder, SILEX_ADAPTER_PATH: packs, ...environment },
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.output += text));
    this.ended = once(this.child, 'exit').catch((error) => (this.output += `${error.message}\n`));
    return this;
  }
  /** The file that a command waits for. */
  make(name) {
    writeFileSync(path.join(this.folder, name), '');
  }
  async end(signal = 'SIGKILL') {
    this.child?.kill(signal);
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const definition = (name, label, commands) =>
  `${name}:\n  label: ${label}\n  steps:\n    step:\n      label: The step\n      commands:\n${commands.map((line) => `        ${line}\n`).join('')}`;
