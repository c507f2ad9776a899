import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { portOf } from '../network/port-of.ts';

export interface ProviderServerOptions {
  /** Default 0: a free port. */
  readonly port?: number;
  /** Serves HTTPS with this pair (PEM) instead of HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, the text when it is not JSON, undefined without a body. */
  readonly body: unknown;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A fault of a provider, in place of the right answer. */
export type ProviderFault = 'error' | 'html' | 'redirect' | 'nonsense' | 'nothing' | 'huge' | 'empty' | ProviderAnswer;

/** The HTTP server of a DNS provider, on loopback. */
export interface ProviderServer {
  /** Root, no slash at the end. */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly ProviderRequest[];
  /** Misbehaves on the next `times` requests (default: all), then well again. */
  fail(fault: ProviderFault, times?: number): void;
  behaveWell(): void;
  close(): Promise<void>;
}

const HTML = '<!doctype html><title>Welcome to the hotel network</title>';
const HUGE_BYTES = 4_000_000;
const faults: Readonly<Record<Exclude<ProviderFault, 'nothing' | ProviderAnswer>, ProviderAnswer>> = {
  error: { status: 500, contentType: 'text/plain', body: 'internal error' },
  html: { status: 200, contentType: 'text/html; charset=utf-8', body: HTML },
  redirect: { status: 302, contentType: 'text/plain', body: '', headers: { location: 'http://127.0.0.1:9/elsewhere' } },
  nonsense: { status: 200, contentType: 'application/json', body: '{"what": [' },
  huge: { status: 200, contentType: 'application/json', body: `["${'x'.repeat(HUGE_BYTES)}"]` },
  empty: { status: 200, contentType: 'application/json', body: '' },
};

/** The part that all stand-ins share: requests are recorded, then answered by `answer`, or by the fault that was ordered. */
export async function createProviderServer(
  answer: (request: ProviderRequest) => ProviderAnswer,
  { port = 0, tls }: ProviderServerOptions = {},
): Promise<ProviderServer> {
  const requests: ProviderRequest[] = [];
  let fault: ProviderFault | undefined;
  let remaining = 0;

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    requests.push(request);
    const current = remaining > 0 ? fault : undefined;
    remaining -= 1;
    if (current === 'nothing') return;
    const given = current === undefined ? answer(request) : typeof current === 'string' ? faults[current] : current;
    response.writeHead(given.status, { ...given.headers, 'content-type': given.contentType }).end(given.body);
  };
  const listener: RequestListener = (message, response) =>
    void handle(message, response).catch(() => response.destroy()); // the client left
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${portOf(server)}`,
    requests,
    fail: (next, times = Number.POSITIVE_INFINITY) => {
      fault = next;
      remaining = times;
    },
    behaveWell: () => void (remaining = 0),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export function jsonAnswer(status: number, value: unknown): ProviderAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

export function plainAnswer(body: string, status = 200): ProviderAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

async function readRequest(message: IncomingMessage): Promise<ProviderRequest> {
  const url = new URL(message.url ?? '/', 'http://provider');
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk); // no encoding is set
  return {
    method: message.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: message.headers,
    body: parseBody(Buffer.concat(chunks).toString()),
  };
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text; // not JSON: recorded as it came
  }
}
