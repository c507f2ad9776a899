import type { Server } from 'node:net';

/** The port of a server that listens. @throws when it listens on no TCP port. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no TCP port');
  return address.port;
}
