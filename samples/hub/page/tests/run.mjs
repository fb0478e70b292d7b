// Bundles the tests of the page's functions and runs them. Ends with 77 where the npm packages are missing.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, '../node_modules/.tests');
const esbuild = await import('esbuild').catch(() => {
  console.error('page: the npm packages are not there: samples/hub/page/build.sh installs them');
  process.exit(77);
});
const entryPoints = readdirSync(here).filter((name) => name.endsWith('.test.ts')).map((name) => path.join(here, name));
await esbuild.build({ entryPoints, outdir: out, bundle: true, platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' } });
const files = entryPoints.map((name) => path.join(out, path.basename(name, '.ts') + '.mjs'));
process.exit(spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1);
