import { portOf } from '@linkcast/testing';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A server that answers with bytes of the test's choice. */
export interface RawOrigin {
  readonly url: string;
  readonly hostPort: string;
  /** All that was received, over all connections. */
  received(): string;
  connections(): number;
  close(): Promise<void>;
}

/** @param answer writes to a connection whose first bytes have come. */
export async function createRawOrigin(answer: (socket: Socket) => void): Promise<RawOrigin> {
  const sockets = new Set<Socket>();
  let received = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => answer(socket));
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hostPort = `127.0.0.1:${portOf(server)}`;
  return {
    url: `http://${hostPort}`,
    hostPort,
    received: () => received,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
