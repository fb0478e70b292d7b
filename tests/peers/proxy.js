// An HTTP proxy that knows only CONNECT. One JSON argument: target (the port every tunnel leads to, whatever was asked
// for), user ("name:password" it wants), refuse (a status). Writes "listening <port>", then each host it was asked for.
const net = require('net');
const options = JSON.parse(process.argv[2] || '{}');
const web = require('http').createServer();
web.on('connect', (request, client, head) => {
  const wanted = options.user && `Basic ${Buffer.from(options.user).toString('base64')}`;
  if (wanted && request.headers['proxy-authorization'] !== wanted) {
    return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  }
  if (options.refuse) return client.end(`HTTP/1.1 ${options.refuse}\r\n\r\n`);
  const server = net.connect(options.target, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.write(head);
    server.pipe(client).pipe(server);
  });
  for (const [a, b] of [[server, client], [client, server]]) a.on('error', () => b.destroy()).on('close', () => b.destroy());
});
process.stdin.on('end', () => process.exit(0)).resume();
web.listen(0, '127.0.0.1', () => console.log(`listening ${web.address().port}`));
