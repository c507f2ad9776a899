import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textAnswer, type Answer } from './answer.ts';
import type { Behaviour } from './behaviour.ts';
import { createOriginListener, type OriginRequest } from './listener.ts';
import { createOriginContent } from './origin-content.ts';
import { livePlaylist, watchPage, type WatchPage } from './pages.ts';

export type { OriginRequest } from './listener.ts';

export interface OriginOptions {
  /** Folder whose files are served at their own relative paths. Without it, only what the test adds. */
  readonly root?: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  readonly port?: number;
  /** Rate of the line, over all connections together. Unlimited unless set. */
  readonly bytesPerSecond?: number;
}

/** A web server with media, with faults on demand. */
export interface OriginServer {
  /** `http://127.0.0.1:12345`, no slash at the end. */
  readonly url: string;
  /** `127.0.0.1:12345`, as ALLOW_PRIVATE_SOURCES wants it. */
  readonly hostPort: string;
  /** Every request so far, oldest first. A canary is an origin whose list must stay empty. */
  readonly requests: readonly OriginRequest[];
  /** Misbehaves at a path from now on. A `*` at the end stands for every path that begins so. @returns the URL. */
  behave(path: string, behaviour: Behaviour): string;
  /** Serves a text. @returns the URL. */
  text(path: string, contentType: string, body: string): string;
  /** Serves a web page with one video. @returns the URL. */
  page(path: string, page: WatchPage): string;
  /** Serves a live playlist that goes round these segments and never ends. @returns the URL. */
  live(path: string, segments: readonly string[]): string;
  /** Changes the rate of the line; undefined: unlimited. */
  throttle(bytesPerSecond: number | undefined): void;
  /** Everything is well behaved again. */
  behaveWell(): void;
  close(): Promise<void>;
}

export async function createOriginServer(options: OriginOptions = {}): Promise<OriginServer> {
  const { root, host = '127.0.0.1', port = 0, bytesPerSecond } = options;
  const requests: OriginRequest[] = [];
  const content = createOriginContent(root);
  content.throttle(bytesPerSecond);
  const server = createServer(createOriginListener(content, requests));
  server.listen(port, host);
  await once(server, 'listening');

  const address = server.address() as AddressInfo; // listening on TCP
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  const url = `http://${hostPort}`;
  const add = (path: string, make: () => Answer): string => {
    content.add(path, make);
    return url + path;
  };

  return {
    url,
    hostPort,
    requests,
    behave: (path, behaviour) => {
      content.behave(path, behaviour);
      return url + path;
    },
    text: (path, contentType, body) => add(path, () => textAnswer(body, contentType)),
    page: (path, page) => add(path, () => textAnswer(watchPage(page, url), 'text/html; charset=utf-8')),
    live: (path, segments) => {
      const startMs = performance.now();
      return add(path, () =>
        textAnswer(livePlaylist(segments, (performance.now() - startMs) / 1000), 'application/vnd.apple.mpegurl'),
      );
    },
    throttle: (rate) => content.throttle(rate),
    behaveWell: () => content.behaveWell(),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
