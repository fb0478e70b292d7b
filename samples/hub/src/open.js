// Opens the page in the user's browser.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The command that hands an address to the desktop. @returns {string[] | undefined} where there is a desktop */
function opener() {
  if (process.env.SILEX_BROWSER) return [process.env.SILEX_BROWSER];
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer'];
  // Without a desktop xdg-open would start a browser in this terminal.
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/**
 * A command line can be read by everybody on the machine, so the token goes through a file of its owner's, beside the
 * token's own, which leads to the page.
 */
function hiddenAddress(url, token, tokenFile) {
  const file = path.resolve(`${tokenFile}.html`);
  rmSync(file, { force: true });
  const target = `${url}#token=${encodeURIComponent(token)}`;
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${target}"><title>Silex hub</title>`, {
    mode: 0o600,
    flag: 'wx',
  });
  return pathToFileURL(file).href;
}

/**
 * @param {string} url
 * @param {{token?: string, tokenFile?: string}} secret
 * @param {(sentence: string) => void} log
 */
export function openPage(url, { token, tokenFile }, log) {
  const command = opener();
  const byHand = () => log(`open ${url} in a browser${token ? `, with #token= and what is in ${tokenFile} behind it` : ''}`);
  if (!command) return byHand();
  const address = token ? hiddenAddress(url, token, tokenFile) : url;
  const child = spawn(command[0], [...command.slice(1), address], { stdio: 'ignore', detached: true });
  child.on('error', byHand);
  child.on('exit', (code) => code !== 0 && byHand());
  child.unref();
}
