import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { portOf } from './port-of.ts';

/** A source that answers 403 to those whom it does not let pass, and what another server has to the rest. */
export interface Gate {
  /** `http://127.0.0.1:12345`, no slash at the end. */
  readonly url: string;
  readonly hostPort: string;
  close(): Promise<void>;
}

export interface GateOptions {
  /** Gives the root of the server behind it. */
  readonly target: () => string;
  readonly mayPass: (request: IncomingMessage) => boolean;
  /** Sent with every answer. Default: none. */
  readonly setCookie?: string;
}

export async function startGate({ target, mayPass, setCookie }: GateOptions): Promise<Gate> {
  const cookie = setCookie === undefined ? {} : { 'set-cookie': setCookie };
  const server = createServer((incoming, outgoing) => {
    if (!mayPass(incoming)) {
      outgoing.writeHead(403).end();
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const forwarded = request(`${target()}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...cookie });
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hostPort = `127.0.0.1:${portOf(server)}`;
  return {
    url: `http://${hostPort}`,
    hostPort,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
