// The page: files that Vite has built, read once. What was not read cannot be asked for, whatever the path says.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** @returns {Map<string, {bytes: Buffer, type: string, tag: string}>} by URL path; empty where the folder is missing */
function read(folder) {
  const files = new Map();
  const visit = (at, url) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) visit(file, `${url}${entry.name}/`);
      else if (entry.isFile() && types[path.extname(entry.name)]) {
        const bytes = readFileSync(file);
        const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
        files.set(`${url}${entry.name}`, { bytes, type: types[path.extname(entry.name)], tag });
      }
    }
  };
  try {
    visit(folder, '/');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (files.has('/index.html')) files.set('/', files.get('/index.html'));
  return files;
}

/** Nothing from elsewhere, nothing inline, and nobody may frame it. `host` has been checked. */
const policy = (host) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const plainHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

/** @param {import('node:http').ServerResponse} response */
export function sayText(response, status, text, more = {}) {
  const body = `${text}\n`;
  response.writeHead(status, {
    ...plainHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...more,
  });
  response.end(response.req?.method === 'HEAD' ? undefined : body);
}

export class Pages {
  #files;

  /** @param {string} folder */
  constructor(folder) {
    this.#files = read(folder);
    this.folder = folder;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {string} pathname
   */
  serve(request, response, pathname) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sayText(response, 405, 'only GET is answered here', { Allow: 'GET, HEAD' });
    }
    const file = this.#files.get(pathname);
    if (!file) {
      if (this.#files.size > 0) return sayText(response, 404, 'there is no such page');
      return sayText(response, 503, 'the hub runs, but its page is not built: run "npm ci && npm run build" in samples/hub/page');
    }
    const headers = {
      ...plainHeaders,
      'Content-Security-Policy': policy(request.headers.host),
      // Vite names the files under assets/ by their contents.
      'Cache-Control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      ETag: file.tag,
    };
    if (request.headers['if-none-match'] === file.tag) return void response.writeHead(304, headers).end();
    response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }
}
