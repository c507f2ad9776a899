import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { findFreePort } from './free-port.ts';

/** A private server that nothing may connect to. It counts connections, whatever they carry. */
export interface Canary {
  /** `127.0.0.1:12345`, one for each address. */
  readonly hostPorts: readonly string[];
  /** Addresses of those that have connected, oldest first; has to stay empty. */
  readonly connections: readonly string[];
  close(): Promise<void>;
}

/** @param hosts addresses of this machine to listen on, all at one port. */
export async function createCanary(hosts: readonly string[] = ['127.0.0.1']): Promise<Canary> {
  const port = await findFreePort();
  const connections: string[] = [];
  const servers = await Promise.all(hosts.map((host) => listen(host, port, connections)));
  return {
    hostPorts: hosts.map((host) => `${host.includes(':') ? `[${host}]` : host}:${port}`),
    connections,
    async close() {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function listen(host: string, port: number, connections: string[]): Promise<Server> {
  const server = createServer((socket) => {
    connections.push(`${socket.remoteAddress ?? 'unknown'} to ${host}`);
    socket.destroy();
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
