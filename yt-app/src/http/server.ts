import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@linkcast/kit';

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly logger: Logger;
}

/** A server that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:5000`. */
  readonly url: string;
  /** Accepts no more connections. */
  close(): void;
  closeAllConnections(): void;
}

/** An upload takes as long as its line needs. One that gets no bytes ends sooner; nginx bounds the other requests. */
const LONGEST_REQUEST_MS = 24 * 3_600_000;

/** Listens on TCP; resolves when the port is open. */
export async function listen(handler: RequestListener, { host, port, logger }: ListenOptions): Promise<HttpServer> {
  const server = createServer({ requestTimeout: LONGEST_REQUEST_MS }, handler);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // it listens on TCP
  logger.info({ host, port: address.port }, 'listening');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => void server.close(),
    closeAllConnections: () => server.closeAllConnections(),
  };
}
