// The chat's server, on npm's socket.io: node server.js [PORT]. Loopback only. It tells everybody each message,
// once, and who comes later the last hundred.
const { Server } = require('socket.io');

const web = require('http').createServer();
const io = new Server(web, { serveClient: false });
const said = [];

io.on('connection', (socket) => {
  for (const message of said) socket.emit('message', message);
  socket.on('message', (message, acknowledge) => {
    const again = said.some((earlier) => earlier.id === message?.id);
    if (!again) {
      said.push(message);
      if (said.length > 100) said.shift();
      socket.broadcast.emit('message', message);
    }
    acknowledge?.();
  });
});

web.listen(Number(process.argv[2] || 0), '127.0.0.1', () => console.log(`listening ${web.address().port}`));
