// A network between two that can be cut: what is on its way is lost, and nobody gets through until it is mended.
import net from 'node:net';
import { once } from 'node:events';

export async function wireTo(port) {
  const ends = new Set();
  let isCut = false;
  const server = net.createServer((near) => {
    if (isCut) return near.destroy();
    const far = net.connect(port, '127.0.0.1');
    for (const [one, other] of [[near, far], [far, near]]) {
      ends.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: here } = server.address();
  return {
    url: `http://127.0.0.1:${here}/`,
    ws: `ws://127.0.0.1:${here}`,
    cut() {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend() {
      isCut = false;
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
