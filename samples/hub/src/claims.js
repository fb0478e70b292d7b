// Who speaks for which uuid: the connection that introduced it, until it leaves.
//
// A host whose network broke comes back on a new connection while the hub still believes in the old one. A host that
// lies looks the same. They are told apart by asking the old connection for a sign of life: where none comes in time,
// it is gone.
import { Refusal, quoted } from './answer.js';
import { cutOff } from './goodbye.js';

/** Within the second that a client waits for its acknowledgement. */
const patience = 600; // ms

/** Whether the peer of an Engine.IO connection answers. */
function isAlive(conn) {
  if (conn.readyState !== 'open') return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (alive) => () => {
      clearTimeout(timer);
      conn.off('heartbeat', onBeat);
      conn.off('close', onClose);
      resolve(alive);
    };
    const onBeat = done(true);
    const onClose = done(false);
    // What came while the hub itself was held up is read before it is asked for.
    const timer = setTimeout(() => setImmediate(onClose), patience);
    conn.on('heartbeat', onBeat);
    conn.on('close', onClose);
    conn.sendPacket('ping');
  });
}

export class Claims {
  /** @type {Map<string, object>} uuid: connection */
  #owners = new Map();
  /** @type {WeakMap<object, Set<string>>} connection: its uuids */
  #uuids = new WeakMap();

  /**
   * @param {number} most Uuids of one connection.
   * @param {(uuid: string) => void} onRelease Whoever spoke for it is gone.
   * @param {(uuid: string, conn: object) => void} onTake From now on this connection speaks for it.
   */
  constructor(most, onRelease, onTake = () => {}) {
    this.most = most;
    this.onRelease = onRelease;
    this.onTake = onTake;
  }

  ownedBy(uuid, conn) {
    return this.#owners.get(uuid) === conn;
  }
  ownedByOther(uuid, conn) {
    const owner = this.#owners.get(uuid);
    return owner !== undefined && owner !== conn;
  }

  /**
   * From now on `conn` speaks for `uuid`.
   * @returns {void | Promise<void>} A promise only where somebody else has to be asked.
   * @throws {Refusal}
   */
  claim(uuid, conn) {
    const owner = this.#owners.get(uuid);
    if (owner === conn) return undefined;
    return owner ? this.#challenge(uuid, conn, owner) : this.#take(uuid, conn);
  }

  release(uuid, conn) {
    if (!this.ownedBy(uuid, conn)) return;
    this.#owners.delete(uuid);
    this.#uuids.get(conn)?.delete(uuid);
    this.onRelease(uuid);
  }

  async #challenge(uuid, conn, owner) {
    if (await isAlive(owner)) {
      throw new Refusal(`${quoted(uuid)} belongs to another host, which is connected: use a uuid of your own`);
    }
    this.release(uuid, owner);
    cutOff(owner);
    if (conn.readyState !== 'open') throw new Refusal('the connection is closed');
    // Somebody else may have been faster.
    return this.claim(uuid, conn);
  }

  #take(uuid, conn) {
    if (!this.#uuids.has(conn)) {
      this.#uuids.set(conn, new Set());
      conn.once('close', () => {
        for (const own of [...this.#uuids.get(conn)]) this.release(own, conn);
      });
    }
    const own = this.#uuids.get(conn);
    if (own.size >= this.most) throw new Refusal(`one connection speaks for at most ${this.most} hosts`);
    own.add(uuid);
    this.#owners.set(uuid, conn);
    this.onTake(uuid, conn);
  }
}
