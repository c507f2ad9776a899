import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { IDLE_MS } from './bounded-connection.ts';

/** The far ends of CONNECT requests, opened before the client is told that they are. */
export interface Tunnels {
  /** proxy-chain hands a client over to it once the client has read "200". It never listens. */
  readonly server: Server;
  /** Remembers where this client's bytes go. The target is closed when the client goes, whatever happens in between. */
  join(client: Socket, target: Socket): void;
}

export function createTunnels(): Tunnels {
  const targets = new WeakMap<Socket, Socket>();
  const server = createServer();
  server.removeAllListeners('connection'); // what passes is not HTTP
  server.on('connection', (client) => {
    const target = targets.get(client);
    if (target) relay(client, target);
    else client.destroy();
  });

  return {
    server,
    join: (client, target) => {
      targets.set(client, target);
      if (client.destroyed) target.destroy();
      client.once('close', () => target.destroy());
      target.on('error', () => client.destroy());
    },
  };
}

function relay(client: Socket, target: Socket): void {
  client.setTimeout(IDLE_MS, () => client.destroy());
  client.pipe(target).pipe(client);
  target.once('close', () => {
    if (!target.readableEnded) client.destroy(); // broken off: an orderly end would hide that bytes are missing
  });
}
