// Who may come in, asked before anything else of every HTTP request and every websocket: a web page that the artist
// visits must not reach the hub, neither directly (its Origin is foreign) nor by a name of its own that leads here
// (DNS rebinding: its Host is foreign).

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** "name" of "name:port", in small letters. */
const nameOf = (host) => /^(\[[0-9a-fA-F:.]+\]|[^:]*)(:\d{1,5})?$/.exec(host)?.[1].toLowerCase();

export class Gate {
  /**
   * @param {object} options
   * @param {string} options.scheme "http" or "https"
   * @param {string[]} [options.names] Further names and addresses by which the hub may be called.
   * @param {string[]} [options.origins] Further origins whose pages may talk to the hub, as "http://localhost:5173".
   */
  constructor({ scheme, names = [], origins = [] }) {
    this.scheme = scheme;
    this.names = new Set([...loopback, ...names.map((name) => name.toLowerCase())]);
    this.origins = new Set(origins);
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {string | undefined} why it may not come in
   */
  refusal(request) {
    const { host, origin } = request.headers;
    if (!host || !this.names.has(nameOf(host))) {
      return 'this is not a name of the hub: use its address, or start it with --allow-host';
    }
    if (origin === undefined || this.origins.has(origin)) return undefined;
    if (origin.toLowerCase() === `${this.scheme}://${host.toLowerCase()}`) return undefined;
    return 'a page from elsewhere may not talk to the hub: start it with --allow-origin to permit that';
  }
}
