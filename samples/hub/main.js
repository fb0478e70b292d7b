#!/usr/bin/env node
// The hub's command line. Prints one line with its address when it is ready; ends on Ctrl-C, or with whoever started it.
import { parseArgs } from 'node:util';

const usage = `Usage: node main.js [OPTIONS]
  --port N              the port to listen on (5118; 0: one that is free)
  --host ADDRESS        the address to listen on (127.0.0.1; another one needs a token)
  --token-file FILE     clients must send the token in it as auth.token; made, for its owner only, where it is missing
  --tls-cert FILE, --tls-key FILE   speak TLS, with these files in PEM form
  --allow-host NAME     a further name by which the hub may be called; may be repeated
  --allow-origin URL    a page from there may talk to the hub too (http://localhost:5173); may be repeated
  --allow-action NAME   only these may be launched by users; without it, what hosts offer; may be repeated
  --page FOLDER         the built page to show (page/dist)
  --open                open the page in the browser; SILEX_BROWSER names another command than the desktop's
  --end-with-input      end when the standard input ends
`;

const text = { type: 'string' };
const list = { type: 'string', multiple: true };
const known = {
  port: text,
  host: text,
  'token-file': text,
  'tls-cert': text,
  'tls-key': text,
  'allow-host': list,
  'allow-origin': list,
  'allow-action': list,
  page: text,
  open: { type: 'boolean' },
  'end-with-input': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const fail = (sentence) => {
  console.error(`hub: ${sentence}`);
  process.exit(2);
};

function readOptions() {
  let values;
  try {
    values = parseArgs({ options: known }).values;
  } catch (error) {
    fail(`${error.message}\n${usage}`);
  }
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const port = Number(values.port ?? 5118);
  if (!/^\d+$/.test(values.port ?? '5118') || port > 65_535) fail(`--port is "${values.port}"; allowed: 0 to 65535`);
  if (!values['tls-cert'] !== !values['tls-key']) fail('--tls-cert and --tls-key go together');
  return { ...values, port };
}

async function loadHub() {
  try {
    return { ...(await import('./src/hub.js')), ...(await import('./src/token.js')), ...(await import('./src/open.js')) };
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return fail(`npm's packages are missing: run "npm ci" in ${new URL('.', import.meta.url).pathname}`);
  }
}

function explain(error, { host, port }) {
  if (error.code === 'EADDRINUSE') return `${host ?? '127.0.0.1'}:${port} is taken: is a hub running already? --port names another`;
  return error.message;
}

const options = readOptions();
const { createHub, readToken, openPage } = await loadHub();
const log = (sentence) => console.error(`hub: ${sentence}`);
try {
  const tokenFile = options['token-file'];
  const token = tokenFile && readToken(tokenFile);
  const hub = createHub({
    host: options.host,
    port: options.port,
    token,
    tls: options['tls-cert'] && { cert: options['tls-cert'], key: options['tls-key'] },
    allowHosts: options['allow-host'],
    allowOrigins: options['allow-origin'],
    allowActions: options['allow-action'],
    page: options.page,
    log,
  });
  const { url } = await hub.listen();
  console.log(`hub: ${url}`);
  if (options.open) openPage(url, { token, tokenFile }, log);
  const end = async () => {
    await hub.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
  if (options['end-with-input']) process.stdin.on('end', end).resume();
} catch (error) {
  fail(explain(error, options));
}
