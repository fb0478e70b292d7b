// The server all clients are measured against: npm's Socket.IO, everything is acknowledged.
const { Server } = require('socket.io');
const web = require('http').createServer();
const io = new Server(web, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 1e8 });
io.on('connection', (socket) => socket.on('e', (payload, ack) => ack({ status: 200 })));
process.stdin.on('end', () => process.exit(0)).resume();
web.listen(Number(process.argv[2] || 0), '127.0.0.1', () => console.log(`listening ${web.address().port}`));
