// Who does not read is dropped, before what waits for him fills the memory.
import { cutOff } from './goodbye.js';

/** Bytes that wait in this process for the peer of an Engine.IO connection. */
function waitingBytes(conn) {
  let bytes = conn.transport?.socket?.bufferedAmount ?? 0;
  for (const { data } of conn.writeBuffer) bytes += data?.length ?? 0;
  return bytes;
}

/**
 * Looks once a second.
 * @param {import('engine.io').Server} engine
 * @returns {() => void} ends it
 */
export function dropSlowReaders(engine, most, log) {
  const timer = setInterval(() => {
    for (const conn of Object.values(engine.clients)) {
      const bytes = waitingBytes(conn);
      if (bytes <= most) continue;
      log(`a client that leaves ${bytes} bytes unread is disconnected; at most ${most} may wait`);
      cutOff(conn);
    }
  }, 1000);
  timer.unref();
  return () => clearInterval(timer);
}
