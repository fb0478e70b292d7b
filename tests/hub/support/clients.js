// Clients of four makes behind one interface, so that one list of expectations fits them all:
//   emit(nsp, event, data) -> acknowledgement     tell(nsp, event, data): no acknowledgement is wanted
//   received: [[nsp, event, ...arguments], ...]   leave(nsp)     close()
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const { Manager } = createRequire(new URL('../../peers/package.json', import.meta.url))('socket.io-client');

const patience = 60_000; // ms: a bound for a loaded machine, not an expectation

/** npm's socket.io-client */
class NpmClient {
  received = [];
  #sockets = new Map();

  constructor(url, namespaces, { transport = 'websocket', auth, ...more } = {}) {
    this.manager = new Manager(url, { transports: [transport], reconnection: false, ...more });
    for (const nsp of namespaces) {
      const socket = this.manager.socket(nsp, { auth });
      socket.onAny((...event) => this.received.push([nsp, ...event]));
      this.#sockets.set(nsp, socket);
    }
  }
  async connected() {
    await Promise.all([...this.#sockets.values()].map((socket) => new Promise((resolve, reject) => {
      if (socket.connected) return resolve();
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    })));
    return this;
  }
  emit(nsp, event, data) {
    return this.#sockets.get(nsp).timeout(patience).emitWithAck(event, data);
  }
  tell(nsp, event, ...data) {
    this.#sockets.get(nsp).emit(event, ...data);
  }
  leave(nsp) {
    this.#sockets.get(nsp).disconnect();
  }
  /** Once more, after leave(). */
  async join(nsp) {
    this.#sockets.get(nsp).connect();
    await this.connected();
  }
  get engine() {
    return this.manager.engine;
  }
  async close() {
    this.manager._close();
  }
}

/** One in a process of its own, which speaks JSON, a line each. */
class ProcessClient {
  received = [];
  #waiting = new Map();
  #last = 0;

  constructor(command, url, namespaces) {
    this.child = spawn(command[0], [...command.slice(1), url, JSON.stringify(namespaces)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.ready = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.gone.then((code) => reject(new Error(`${command.join(' ')} ended with ${code}`)));
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        const said = JSON.parse(line);
        if (said.ready) resolve();
        else if (said.event) this.received.push(said.event);
        else this.#waiting.get(said.id)(said.ack);
      });
    });
    this.ready.catch(() => {});
  }
  async connected() {
    await this.ready;
    return this;
  }
  emit(nsp, event, data) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no acknowledgement of ${nsp} ${event}`)), patience);
      this.#waiting.set(id, (ack) => {
        clearTimeout(timer);
        resolve(ack);
      });
      this.#say({ id, nsp, event, data });
    });
  }
  tell(nsp, event, data) {
    this.#say({ nsp, event, data });
  }
  leave(nsp) {
    this.#say({ leave: nsp });
  }
  #say(what) {
    this.child.stdin.write(`${JSON.stringify(what)}\n`);
  }
  close() {
    this.child.stdin.end();
    return this.gone;
  }
}

const python = fileURLToPath(new URL('../clients/python_client.py', import.meta.url));

/** Every make of client, by name; our own where ctest says where it is. */
export const makes = {
  'socket.io-client, websocket': (url, nsps) => new NpmClient(url, nsps),
  'socket.io-client, polling': (url, nsps) => new NpmClient(url, nsps, { transport: 'polling' }),
  'python-socketio, websocket': (url, nsps) => new ProcessClient(['/usr/bin/python3', python, 'websocket'], url, nsps),
  'python-socketio, polling': (url, nsps) => new ProcessClient(['/usr/bin/python3', python, 'polling'], url, nsps),
};
if (process.env.SILEX_HUB_CLIENT) {
  makes['silex::Connection'] = (url, nsps) => new ProcessClient([process.env.SILEX_HUB_CLIENT], url, nsps);
}

/** A client that goes with its test. */
export async function connect(test, url, namespaces, options = {}) {
  const { make, ...more } = options;
  const client = make ? make(url, namespaces) : new NpmClient(url, namespaces, more);
  test.after(() => client.close());
  return client.connected();
}

export const hostNamespaces = ['/dcc', '/dcc/action', '/front-event'];

/** A host that has introduced itself, and a user's page. */
export async function hostAndUser(test, url, { uuid = 'h', make, context = {} } = {}) {
  const user = await connect(test, url, ['/ui'], { make });
  const host = await connect(test, url, hostNamespaces, { make });
  const whole = { uuid, dcc: 'toy', name: 'shot', ...context };
  await host.emit('/dcc', 'initialization', { context: whole, runningActions: {} });
  await host.emit('/dcc/action', 'initialization', whole);
  return { host, user, context: whole };
}

export const wholeAction = (uuid, host = 'h', more = {}) => ({
  uuid,
  name: uuid,
  status: 1,
  context_metadata: { uuid: host },
  steps: { s: { status: 1, commands: { c: { status: 1, progress: null, logs: [], parameters: {} } } } },
  ...more,
});
