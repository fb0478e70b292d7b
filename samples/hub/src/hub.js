// The Silex service: hosts say what they do, users see it and answer. WIRE.md in words: README.md beside this folder.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { fileURLToPath } from 'node:url';
import { Server as Engine } from 'engine.io';
import { Server } from 'socket.io';
import { admitAtMost } from './admission.js';
import { dropSlowReaders } from './backlog.js';
import { Batches } from './batch.js';
import { Claims } from './claims.js';
import { Gate } from './gate.js';
import { cutOff, endsInTime } from './goodbye.js';
import * as hosts from './hosts.js';
import { LaunchRules } from './launch.js';
import { defaultLimits } from './limits.js';
import { Pages, sayText } from './pages.js';
import { Prompts } from './prompts.js';
import { Rate } from './rate.js';
import { serve } from './serve.js';
import { Standing } from './standing.js';
import { Store } from './store.js';
import { isSameToken } from './token.js';
import * as users from './users.js';

/**
 * @typedef {object} HubOptions
 * @property {string} [host] The address to listen on; loopback unless said otherwise.
 * @property {number} [port] 0: one that is free.
 * @property {string} [token] What clients must send as `auth.token` in the connect payload of each namespace.
 * @property {{cert: string, key: string}} [tls] Files in PEM form.
 * @property {string[]} [allowHosts] see Gate
 * @property {string[]} [allowOrigins] see Gate
 * @property {string[]} [allowActions] see LaunchRules
 * @property {string} [page] The folder of the built page.
 * @property {Partial<import('./limits.js').Limits>} [limits]
 * @property {object} [engine] Options of Engine.IO and Socket.IO, for tests: pingInterval, pingTimeout ...
 * @property {(sentence: string) => void} [log]
 *
 * @typedef {object} Parts What the namespaces work with.
 * @property {Store} store
 * @property {Claims} claims
 * @property {Batches} batches
 * @property {Prompts} prompts
 * @property {Standing} standing
 * @property {LaunchRules} launches
 * @property {import('socket.io').Namespace} ui
 * @property {(uuid: string) => string} roomOf
 * @property {(uuid: string, event: string, data: unknown) => void} tell A host, in /dcc/action.
 */

const path = '/socket.io/';
const batchTime = 10; // ms
/** A connection that has not joined a namespace by then is of no use. */
const connectTimeout = 10_000; // ms
const defaultPage = fileURLToPath(new URL('../page/dist/', import.meta.url));

const isLoopback = (host) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function makeWeb(tls) {
  const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 };
  if (!tls) return http.createServer(timeouts);
  return https.createServer({ ...timeouts, cert: readFileSync(tls.cert), key: readFileSync(tls.key) });
}

function refuseUpgrade(socket, status, text) {
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

/** @returns {string | undefined} of a request, where its address makes sense */
function pathOf(request) {
  try {
    return new URL(request.url, 'http://hub').pathname;
  } catch {
    return undefined;
  }
}

/** @param {Parts} parts */
function connectNamespaces(io, parts, { token, limits, log }) {
  const requireToken = (socket, next) => {
    if (isSameToken(token, socket.handshake.auth?.token)) return next();
    next(new Error("the token is missing or wrong: send that of the hub's token file as auth.token"));
  };
  const made = { '/dcc': hosts.dcc, '/dcc/action': hosts.action, '/front-event': hosts.frontEvent, '/ui': users.ui };
  for (const [name, make] of Object.entries(made)) {
    const nsp = io.of(name);
    if (token) nsp.use(requireToken);
    nsp.on('connection', (socket) => serve(socket, limits, make(parts, socket), log));
  }
  // Some clients join it whether they need it or not. It takes nothing.
  if (token) io.of('/').use(requireToken);
}

/** However small a message is, it costs as much as one of so many bytes. */
const leastBytes = 256;

function boundBytes(engine, limits, log) {
  engine.on('connection', (conn) => {
    const bytes = new Rate(limits.bytesPerSecond, limits.byteBurst);
    conn.on('data', (data) => {
      if (bytes.take(Math.max(data?.length ?? data?.byteLength ?? 0, leastBytes))) return;
      log(`a client that sends more than ${limits.bytesPerSecond} bytes a second is disconnected`);
      cutOff(conn);
    });
  });
}

/**
 * Makes a hub; listen() starts it.
 * @param {HubOptions} options
 */
export function createHub(options = {}) {
  const { host = '127.0.0.1', port = 0, token, tls, log = () => {} } = options;
  const limits = { ...defaultLimits, ...options.limits };
  if (!isLoopback(host) && !token) {
    throw new Error(`listening on ${host}, others could reach the hub: give it a token (--token-file), or let it listen on 127.0.0.1`);
  }

  const web = makeWeb(tls);
  const engineOptions = {
    path,
    serveClient: false,
    connectTimeout,
    maxHttpBufferSize: limits.messageBytes,
    allowRequest: admitAtMost(() => engine, limits.connections),
    ...options.engine,
  };
  const engine = new Engine(engineOptions);
  const io = new Server(engineOptions);
  io.bind(engine);

  const ui = io.of('/ui');
  const store = new Store(limits);
  const batches = new Batches(batchTime, (diff) => ui.emit('actionUpdate', { data: diff }));
  const prompts = new Prompts();
  const standing = new Standing();
  const forget = (uuid) => {
    for (const action of store.actionsOf(uuid)) {
      batches.drop(action);
      prompts.forget(action);
    }
    standing.forget(uuid);
    if (store.forgetContext(uuid)) ui.emit('dccDisconnect', { data: { uuid } });
  };
  const roomOf = (uuid) => `host ${uuid}`;
  const actions = io.of('/dcc/action');
  const tell = (uuid, event, data) => actions.to(roomOf(uuid)).emit(event, data);
  // Who had the uuid before hears no more of it. Not when he gives it up: he may come back, and only /dcc anew.
  const keepOthersOut = (uuid, conn) => {
    for (const id of [...(actions.adapter.rooms.get(roomOf(uuid)) ?? [])]) {
      const socket = actions.sockets.get(id);
      if (socket?.conn !== conn) socket?.leave(roomOf(uuid));
    }
  };
  const claims = new Claims(limits.uuidsPerConnection, forget, keepOthersOut);
  const launches = new LaunchRules(options.allowActions);
  /** @type {Parts} */
  const parts = { store, claims, batches, prompts, standing, launches, ui, roomOf, tell };
  connectNamespaces(io, parts, { token, limits, log });
  boundBytes(engine, limits, log);

  const shownHost = host.includes(':') ? `[${host}]` : host; // as it stands in addresses
  const names = [...(options.allowHosts ?? []), ...(isLoopback(host) ? [] : [shownHost])];
  const gate = new Gate({ scheme: tls ? 'https' : 'http', names, origins: options.allowOrigins });
  const pages = new Pages(options.page ?? defaultPage);
  const health = () => ({
    status: 'ok',
    hosts: store.hostCount,
    actions: store.actionCount,
    users: ui.sockets.size,
    connections: engine.clientsCount,
  });

  web.on('request', (request, response) => {
    const pathname = pathOf(request);
    if (!pathname) return sayText(response, 400, 'the address makes no sense');
    const refusal = gate.refusal(request);
    if (refusal) return sayText(response, 403, refusal);
    if (pathname === path) return engine.handleRequest(request, response);
    if (pathname === '/health') {
      return sayText(response, 200, JSON.stringify(health()), { 'Content-Type': 'application/json' });
    }
    return pages.serve(request, response, pathname);
  });
  web.on('upgrade', (request, socket, head) => {
    if (pathOf(request) !== path) return refuseUpgrade(socket, 404, 'there is no websocket here\n');
    const refusal = gate.refusal(request);
    if (refusal) return refuseUpgrade(socket, 403, `${refusal}\n`);
    return engine.handleUpgrade(request, socket, head);
  });
  web.on('clientError', (error, socket) => {
    if (socket.writable) refuseUpgrade(socket, 400, 'that is no HTTP\n');
  });
  // Beside those of Engine.IO, some for the page's files and for answers that say no.
  web.maxConnections = limits.connections + 200;

  const endWeb = endsInTime(web);
  const endDropping = dropSlowReaders(engine, limits.backlogBytes, log);

  return {
    web,
    store,
    tell,
    forget,
    health,
    /** @returns {Promise<{port: number, url: string}>} */
    listen: () =>
      new Promise((resolve, reject) => {
        web.once('error', reject);
        web.listen(port, host, () => {
          web.off('error', reject);
          web.on('error', (error) => log(error.message));
          const bound = web.address().port;
          resolve({ port: bound, url: `${tls ? 'https' : 'http'}://${shownHost}:${bound}/` });
        });
      }),
    close: () => {
      endDropping();
      batches.close();
      io.disconnectSockets(true);
      engine.close();
      return endWeb();
    },
  };
}
