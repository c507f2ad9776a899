import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileAnswer, textAnswer, type Answer } from './answer.ts';
import { createMisbehaviour, throttled, type Behaviour, type Misbehave } from './behaviour.ts';
import { livePlaylist, watchPage, type WatchPage } from './pages.ts';
import { createTokenBucket, type TokenBucket } from '../network/token-bucket.ts';

export interface OriginOptions {
  /** Folder whose files are served at their own relative paths. Without it, only what the test adds. */
  readonly root?: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  readonly port?: number;
  /** Rate of the line, over all connections together. Unlimited unless set. */
  readonly bytesPerSecond?: number;
}

export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Body bytes handed to the socket so far. */
  sentBytes: number;
  /** Time of the last of them, in milliseconds since 1970; 0 before the first. */
  lastSentAt: number;
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
  const { root, host = '127.0.0.1', port = 0 } = options;
  const requests: OriginRequest[] = [];
  const contents = new Map<string, () => Answer>();
  const misbehaviours = new Map<string, Misbehave>();
  let line: TokenBucket | undefined;

  const answer = async (request: IncomingMessage, path: string, signal: AbortSignal): Promise<Answer> => {
    const good =
      contents.get(path)?.() ??
      (root === undefined ? textAnswer('not found', 'text/plain', 404) : fileAnswer(root, path, request.headers.range));
    const misbehave = findMisbehaviour(misbehaviours, path);
    const given = misbehave ? await misbehave(good, signal) : good;
    return line ? throttled(given, line, signal) : given;
  };

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://origin').pathname);
    const record: OriginRequest = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      sentBytes: 0,
      lastSentAt: 0,
    };
    requests.push(record);
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort());
    void answer(request, path, disconnected.signal)
      .then((given) => send(response, record, given))
      .catch(() => response.destroy()); // the client left, or the behaviour breaks the connection
  });
  server.listen(port, host);
  await once(server, 'listening');

  const address = server.address() as AddressInfo; // listening on TCP
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  const url = `http://${hostPort}`;
  const add = (path: string, make: () => Answer): string => {
    contents.set(path, make);
    return url + path;
  };
  const throttle = (bytesPerSecond: number | undefined): void => {
    line = bytesPerSecond === undefined ? undefined : createTokenBucket(bytesPerSecond);
  };
  throttle(options.bytesPerSecond);

  return {
    url,
    hostPort,
    requests,
    behave: (path, behaviour) => {
      misbehaviours.set(path, createMisbehaviour(behaviour));
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
    throttle,
    behaveWell: () => misbehaviours.clear(),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function findMisbehaviour(misbehaviours: ReadonlyMap<string, Misbehave>, path: string): Misbehave | undefined {
  const exact = misbehaviours.get(path);
  if (exact) return exact;
  for (const [pattern, misbehave] of misbehaviours)
    if (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))) return misbehave;
  return undefined;
}

async function send(response: ServerResponse, record: OriginRequest, answer: Answer): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  if (record.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  await pipeline(Readable.from(counted(answer.body, record)), response);
}

async function* counted(body: Answer['body'], record: OriginRequest): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    record.sentBytes += chunk.length;
    record.lastSentAt = Date.now();
    yield chunk;
  }
}
