// How many connections there may be at once. Engine.IO counts one when its handshake is over; those that are on their
// way count here too, or a thousand at once would all find room.

/**
 * @param {() => import('engine.io').Server} engine
 * @param {number} most
 * @returns Engine.IO's `allowRequest`
 */
export function admitAtMost(engine, most) {
  const opening = new Set();
  let isWatching = false;
  return (request, decide) => {
    if (!isWatching) engine().on('connection', (conn) => opening.delete(conn.request));
    isWatching = true;
    if (engine().clientsCount + opening.size >= most) return decide('too many connections', false);
    opening.add(request);
    // A websocket's request has no response: then it is the connection that ends.
    (request.res ?? request.socket).once('close', () => opening.delete(request));
    return decide(null, true);
  };
}
