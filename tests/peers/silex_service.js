// The Silex socket service: namespaces /dcc, /dcc/action and /front-event for hosts, /ui for users.
// One JSON argument sets it up: port, host, recovery, pingInterval, pingTimeout, maxHttpBufferSize.
// It writes "listening <port>" when it is ready, and takes one JSON command a line on its standard input:
//   {"drop": true} (every TCP connection), {"forget": uuid} (a context with its actions),
//   {"room": uuid, "event": name, "data": any} (to the host, in /dcc/action)
const options = JSON.parse(process.argv[2] || '{}');
const web = require('http').createServer();
const { Server } = require('socket.io');

const io = new Server(web, {
  serveClient: false,
  maxHttpBufferSize: options.maxHttpBufferSize || 1e8,
  pingInterval: options.pingInterval || 25000,
  pingTimeout: options.pingTimeout || 20000,
  connectionStateRecovery: options.recovery ? { maxDisconnectionDuration: 120000 } : undefined,
});
const [dcc, action, front, ui] = ['/dcc', '/dcc/action', '/front-event', '/ui'].map((nsp) => io.of(nsp));

const contexts = new Map(); // uuid: context
const actions = new Map(); // uuid: action
const batched = new Map(); // uuid: the diff that the users get next
const batchTime = 10; // ms

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
// An ordinary assignment to this key would change the object's prototype.
const set = (object, key, value) => Object.defineProperty(object, key, {
  value, writable: true, enumerable: true, configurable: true,
});
// Objects merge, everything else replaces, nothing is removed.
const merge = (into, diff) => {
  if (!isObject(into) || !isObject(diff)) return diff;
  for (const [key, value] of Object.entries(diff)) {
    set(into, key, Object.hasOwn(into, key) ? merge(into[key], value) : value);
  }
  return into;
};
const copy = (value) => JSON.parse(JSON.stringify(value));
const asObject = (map) => Object.fromEntries(map);

const accepted = (msg, more = {}) => ({ status: 200, msg, ...more });
const refused = (msg) => ({ status: 400, msg });

// `handle` answers with the acknowledgement. Where none is wanted, nobody gets it.
const serve = (socket, name, handle) => {
  socket.on(name, (...args) => {
    const ack = typeof args.at(-1) === 'function' ? args.pop() : () => {};
    ack(handle(isObject(args[0]) ? args[0] : {}));
  });
};

const forgetAction = (uuid) => {
  actions.delete(uuid);
  batched.delete(uuid);
};
const forgetContext = (uuid) => {
  contexts.delete(uuid);
  for (const [id, stored] of actions) if (stored.context_metadata?.uuid === uuid) forgetAction(id);
  ui.emit('dccDisconnect', { data: { uuid } });
};

dcc.on('connection', (socket) => {
  serve(socket, 'initialization', ({ context, runningActions }) => {
    if (!context?.uuid) return refused('the context has no uuid');
    socket.data.uuid = context.uuid;
    socket.join(context.uuid);
    contexts.set(context.uuid, context);
    for (const [uuid, running] of Object.entries(runningActions || {})) {
      actions.set(uuid, actions.has(uuid) ? merge(actions.get(uuid), running) : running);
    }
    ui.emit('dccConnect', { data: { context } });
    return accepted('initialized');
  });
  socket.on('disconnect', () => {
    if (socket.data.uuid) forgetContext(socket.data.uuid);
  });
});

const flush = (uuid) => {
  const diff = batched.get(uuid);
  if (!diff) return;
  batched.delete(uuid);
  ui.emit('actionUpdate', { data: diff });
};

action.on('connection', (socket) => {
  serve(socket, 'initialization', ({ uuid }) => {
    if (!uuid) return refused('the context has no uuid');
    socket.join(uuid);
    return accepted('initialized');
  });
  serve(socket, 'query', (whole) => {
    if (!whole.uuid) return refused('the action has no uuid');
    if (!whole.context_metadata?.uuid) return refused('the action has no context_metadata.uuid');
    batched.delete(whole.uuid);
    actions.set(whole.uuid, whole);
    ui.emit('actionQuery', { data: whole });
    return accepted('stored');
  });
  serve(socket, 'update', (diff) => {
    const stored = actions.get(diff.uuid);
    if (!stored) return refused(`the action ${diff.uuid} is not running`);
    // Copies: what is stored, and what waits, go different ways from here.
    merge(stored, copy(diff));
    if (!batched.has(diff.uuid)) setTimeout(flush, batchTime, diff.uuid);
    batched.set(diff.uuid, merge(batched.get(diff.uuid) || {}, diff));
    return accepted('updated');
  });
  serve(socket, 'clearAction', (data) => {
    flush(data.uuid);
    forgetAction(data.uuid);
    ui.emit('clearAction', { data });
    return accepted('cleared');
  });
});

front.on('connection', (socket) => {
  socket.onAny((name, ...args) => {
    const ack = typeof args.at(-1) === 'function' ? args.pop() : () => {};
    ui.emit('frontEvent', args[0]);
    ack(accepted('forwarded'));
  });
});

// To the host that runs the action.
const forward = (uuid, name, data) => {
  const room = actions.get(uuid)?.context_metadata.uuid;
  if (!room) return refused(`the action ${uuid} is not running`);
  action.to(room).emit(name, data);
  return accepted('forwarded');
};

ui.on('connection', (socket) => {
  serve(socket, 'initialization', ({ uuid }) => {
    if (!uuid) return refused('the user has no uuid');
    socket.join(uuid);
    return accepted('initialized');
  });
  serve(socket, 'getConnectedDccs', () => ({ status: 200, data: asObject(contexts) }));
  serve(socket, 'getRunningActions', () => accepted('running actions', { data: asObject(actions) }));
  serve(socket, 'actionUpdate', (diff) => forward(diff.uuid, 'update', diff));
  serve(socket, 'clearAction', ({ uuid }) => {
    const answer = forward(uuid, 'clear', { uuid });
    if (answer.status !== 200) return answer;
    // The host sends nothing back.
    forgetAction(uuid);
    ui.emit('clearAction', { data: { uuid } });
    return answer;
  });
  serve(socket, 'undoLastCommand', ({ uuid, full = false }) => forward(uuid, 'undo', { uuid, full }));
  serve(socket, 'launchAction', (launch) => {
    if (!launch.action) return refused('no action to launch');
    const able = [...contexts.values()].find((context) => !launch.dcc || context.dcc === launch.dcc);
    if (!able) return refused(`no ${launch.dcc || 'host'} is connected`);
    action.to(able.uuid).emit('query', launch);
    return accepted('forwarded');
  });
});

const connections = new Set();
web.on('connection', (connection) => {
  connections.add(connection);
  connection.on('close', () => connections.delete(connection));
});
let commands = '';
process.stdin.on('data', (text) => {
  commands += text;
  for (let end; (end = commands.indexOf('\n')) >= 0; commands = commands.slice(end + 1)) {
    const command = JSON.parse(commands.slice(0, end));
    if (command.drop) for (const connection of connections) connection.destroy();
    if (command.forget) forgetContext(command.forget);
    if (command.room) action.to(command.room).emit(command.event, command.data);
  }
});
process.stdin.on('end', () => process.exit(0)); // whoever started it is gone

web.listen(options.port || 0, options.host || '127.0.0.1', () => console.log(`listening ${web.address().port}`));
