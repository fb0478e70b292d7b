// npm's Socket.IO server, as the tests of the client need it. One JSON argument sets it up:
//   port, recovery, deflate, maxHttpBufferSize, pingInterval, pingTimeout, cert, key (files), state (file)
// It writes "listening <port>" when it is ready, and takes one JSON command a line on its standard input:
//   {"emit": name, "args": [...], "nsp": "/dcc"}, {"drop": true} (every TCP connection), {"kick": "/dcc"}
const fs = require('fs');
const options = JSON.parse(process.argv[2] || '{}');
const secure = Boolean(options.cert);
const web = secure
  ? require('https').createServer({ cert: fs.readFileSync(options.cert), key: fs.readFileSync(options.key) })
  : require('http').createServer();
const { Server } = require('socket.io');

const io = new Server(web, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: options.deflate ? { threshold: 0 } : false,
  maxHttpBufferSize: options.maxHttpBufferSize || 1e6,
  pingInterval: options.pingInterval || 25000,
  pingTimeout: options.pingTimeout || 20000,
  connectionStateRecovery: options.recovery ? { maxDisconnectionDuration: 120000 } : undefined,
});

const connections = new Set();
web.on('connection', (connection) => {
  connections.add(connection);
  connection.on('close', () => connections.delete(connection));
});

// What updates made of the objects they name, in a file that outlives this process: {uuid: object}, and which ids came.
// Written before the acknowledgement, one line per update, as a service does that must not forget.
const state = {};
const seen = new Set();
const apply = (update) => {
  seen.add(update.id);
  state[update.uuid] = Object.assign(state[update.uuid] || {}, update.values);
};
if (options.state && fs.existsSync(options.state)) {
  for (const line of fs.readFileSync(options.state, 'utf8').split('\n')) {
    // The last line may be half: the process was killed while writing it, before the acknowledgement.
    try { if (line) apply(JSON.parse(line)); } catch (half) { /* sent again */ }
  }
}
const journal = options.state ? fs.openSync(options.state, 'a') : -1;
if (journal >= 0) fs.writeSync(journal, '\n');  // ends a half line
let twiceInOneSession = 0;

const serve = (socket) => {
  const own = new Set();
  socket.on('echo', (...args) => { const ack = args.pop(); if (typeof ack === 'function') ack(...args); });
  socket.on('size', (value, ack) => ack(value.length));
  socket.on('give', (size, ack) => ack('x'.repeat(size)));
  socket.on('ask', (question, ack) => socket.emit('question', question, (...answer) => ack(...answer)));
  socket.on('push', (count, ack) => {
    for (let i = 0; i < count; ++i) socket.emit('pushed', i);
    if (ack) ack();
  });
  socket.on('whoami', (ack) => ack({ auth: socket.handshake.auth, sid: socket.id, recovered: socket.recovered }));
  socket.on('join-room', (room, ack) => { socket.join(room); ack(); });
  socket.on('rooms', (ack) => ack([...socket.rooms].filter((room) => room !== socket.id)));
  socket.on('kick', () => socket.disconnect());
  socket.on('cut', () => socket.conn.transport.socket._socket.destroy());
  socket.on('compression', (ack) => ack(socket.conn.transport.socket.extensions));
  socket.on('update', (update, ack) => {
    if (own.has(update.id)) ++twiceInOneSession;
    own.add(update.id);
    if (!seen.has(update.id)) {
      if (journal >= 0) fs.writeSync(journal, JSON.stringify(update) + '\n');
      apply(update);
    }
    if (ack) ack({ status: 200 });
  });
  socket.on('report', (ack) => ack({ state, updates: seen.size, twiceInOneSession }));
};

for (const nsp of ['/', '/dcc', '/dcc/action', '/front-event']) io.of(nsp).on('connection', serve);
io.of('/refused').use((socket, next) => next(new Error('only artists of this show may come in')));

let commands = '';
process.stdin.on('data', (text) => {
  commands += text;
  for (let end; (end = commands.indexOf('\n')) >= 0; commands = commands.slice(end + 1)) {
    const command = JSON.parse(commands.slice(0, end));
    if (command.emit) io.of(command.nsp || '/').emit(command.emit, ...(command.args || []));
    if (command.drop) for (const connection of connections) connection.destroy();
    if (command.kick) io.of(command.kick).disconnectSockets();
  }
});
process.stdin.on('end', () => process.exit(0));  // whoever started it is gone

web.listen(options.port || 0, options.host || '127.0.0.1', () => console.log(`listening ${web.address().port}`));
