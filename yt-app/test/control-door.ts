import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ControlDoor {
  readonly url: string;
  /** `POST /skip` and the like, with the token that came. */
  readonly calls: string[];
  /** What `GET /status` answers. */
  answer: { status: number; body: unknown };
  stop(): Promise<void>;
}

/** The control door of a station's feeder: a real server that remembers who asked for what. */
export async function startControlDoor(): Promise<ControlDoor> {
  const calls: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    calls.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    response.writeHead(door.answer.status, { 'content-type': 'application/json' });
    response.end(request.method === 'GET' ? JSON.stringify(door.answer.body) : undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const door: ControlDoor = {
    url: `http://127.0.0.1:${port}`,
    calls,
    answer: { status: 200, body: { online: true, listeners: 3, title: 'x' } },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return door;
}
