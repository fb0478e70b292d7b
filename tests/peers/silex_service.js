// The Silex service, as the tests of hosts need it: the hub of samples/hub, and a way to disturb it.
// One JSON argument sets it up: port, recovery, pingInterval, pingTimeout, maxHttpBufferSize, allowActions, token, limits.
// It writes "listening <port>" when it is ready, and takes one JSON command a line on its standard input:
//   {"drop": true} (every TCP connection), {"forget": uuid} (a context with its actions),
//   {"room": uuid, "event": name, "data": any} (to the host, in /dcc/action)
const options = JSON.parse(process.argv[2] || '{}');

const engine = { pingInterval: options.pingInterval || 25000, pingTimeout: options.pingTimeout || 20000 };
if (options.maxHttpBufferSize) engine.maxHttpBufferSize = options.maxHttpBufferSize;
if (options.recovery) engine.connectionStateRecovery = { maxDisconnectionDuration: 120000 };

const start = async () => {
  const { createHub } = await import('../../samples/hub/src/hub.js');
  const hub = createHub({
    port: options.port,
    allowActions: options.allowActions,
    token: options.token,
    limits: { eventsPerSecond: 1e9, ...options.limits }, // some tests ask as fast as they can
    engine,
    log: (sentence) => console.error(`hub: ${sentence}`),
  });
  const connections = new Set();
  hub.web.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });

  const obey = (command) => {
    if (command.drop) for (const connection of connections) connection.destroy();
    if (command.forget) hub.forget(command.forget);
    if (command.room) hub.tell(command.room, command.event, command.data);
  };
  let commands = '';
  process.stdin.on('data', (text) => {
    commands += text;
    for (let end; (end = commands.indexOf('\n')) >= 0; commands = commands.slice(end + 1)) {
      obey(JSON.parse(commands.slice(0, end)));
    }
  });
  process.stdin.on('end', () => process.exit(0)); // whoever started it is gone
  console.log(`listening ${(await hub.listen()).port}`);
};
start();
