// The end of connections whose peer does not take part in it: a websocket waits half a minute for its answer.

/** For farewells that are on their way when the hub ends. */
const patience = 300; // ms

/**
 * Ends a connection of Engine.IO now.
 * @param {import('engine.io').Socket} conn
 */
export function cutOff(conn) {
  const { transport } = conn;
  conn.close(true);
  transport?.socket?.terminate?.();
}

/**
 * @param {import('node:http').Server} web
 * @returns {() => Promise<void>} Ends it, and within a moment all of its sockets.
 */
export function endsInTime(web) {
  const sockets = new Set();
  web.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), patience);
      web.close(() => {
        clearTimeout(timer);
        resolve();
      });
      web.closeIdleConnections();
    });
}
