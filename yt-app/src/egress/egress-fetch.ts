import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { Problem } from '@linkcast/contracts';

export interface FetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** The bytes wanted, both ends included. The server may send the whole file all the same. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Reading stops after this many bytes; see `isWhole`. */
  readonly maxBytes: number;
  /** Milliseconds for the whole call, redirects included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface FetchedBytes {
  readonly status: number;
  /** Without parameters, lower case; empty when the server sends none. */
  readonly contentType: string;
  readonly body: Buffer;
  /** False when the body was cut at `maxBytes`. */
  readonly isWhole: boolean;
  readonly finalUrl: string;
}

/** Fetches a small file that a source named. Resolves with any status. */
export type FetchBytes = (url: string, options: FetchOptions) => Promise<FetchedBytes>;

const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Headers that are not sent to another origin. */
const CREDENTIALS: readonly string[] = ['authorization', 'cookie'];

/**
 * Creates the client for our own requests to sources, through the egress proxy as those of yt-dlp. Node's own agents are
 * used, not undici's: see `docs/decisions/0015-node-agents-for-egress.md`.
 *
 * The client throws a {@link Problem}: `source-forbidden` when the proxy refuses an address, `source-stalled` when the time
 * is over, `source-unreachable` for other failures; and the signal's reason when it is aborted.
 *
 * @param proxyUrl the proxy with a ticket's credentials.
 */
export function createEgressFetch(proxyUrl: string): FetchBytes {
  return async (url, options) => {
    const late = AbortSignal.timeout(options.timeoutMs);
    const signal = options.signal ? AbortSignal.any([late, options.signal]) : late;
    try {
      return await follow(url, { ...options, signal }, createAgents(proxyUrl));
    } catch (error) {
      options.signal?.throwIfAborted();
      throw asProblem(error, late.aborted);
    }
  };
}

/** The proxy refused to connect to this host. */
class RefusedHost extends Error {
  readonly host: string;

  constructor({ hostname }: URL, options?: ErrorOptions) {
    super('refused by the egress proxy', options);
    this.host = hostname;
  }
}

interface Agents {
  readonly 'http:': http.Agent;
  readonly 'https:': https.Agent;
}

function createAgents(proxyUrl: string): Agents {
  const proxyEnv = { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl }; // no NO_PROXY: nothing goes past it
  return { 'http:': new http.Agent({ proxyEnv }), 'https:': new https.Agent({ proxyEnv }) };
}

type SignalledOptions = FetchOptions & { readonly signal: AbortSignal };

async function follow(start: string, options: SignalledOptions, agents: Agents): Promise<FetchedBytes> {
  let url = parseWebUrl(start);
  let headers = options.headers ?? {};
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await get(url, { ...options, headers }, agents);
    const { location } = response.headers;
    if (location === undefined || !REDIRECTS.includes(response.statusCode ?? 0))
      return await read(response, url, options.maxBytes);
    response.destroy();
    const next = parseWebUrl(location, url);
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
  }
  throw new Error('too many redirects');
}

function parseWebUrl(text: string, base?: URL): URL {
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('not a web address');
  return url;
}

async function get(url: URL, options: SignalledOptions, agents: Agents): Promise<http.IncomingMessage> {
  const { range, signal } = options;
  const headers = {
    ...options.headers,
    'accept-encoding': 'identity', // `range` and `maxBytes` count the bytes of the file
    ...(range ? { range: `bytes=${range.start}-${range.end}` } : {}),
  };
  const request =
    url.protocol === 'https:'
      ? https.get(url, { headers, signal, agent: agents['https:'] })
      : http.get(url, { headers, signal, agent: agents['http:'] });
  const [response] = (await once(request, 'response').catch((error: unknown) => {
    throw isRefusedTunnel(error) ? new RefusedHost(url, { cause: error }) : error;
  })) as [http.IncomingMessage]; // the event's one argument
  if (!isRefusal(response)) return response;
  response.destroy();
  throw new RefusedHost(url);
}

async function read(response: http.IncomingMessage, url: URL, maxBytes: number): Promise<FetchedBytes> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) break; // leaving the loop closes the connection
  }
  return {
    status: response.statusCode ?? 0,
    contentType: (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    body: Buffer.concat(chunks).subarray(0, maxBytes),
    isWhole: bytes <= maxBytes,
    finalUrl: url.href,
  };
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.includes(name.toLowerCase())));
}

/** Recognises the proxy's refusal. A source cannot fake it: the proxy removes this header from the answers of sources. */
function isRefusal({ statusCode, headers }: http.IncomingMessage): boolean {
  return statusCode === 403 && String(headers['proxy-status']).includes('error=destination_ip_prohibited');
}

/** Recognises the proxy's refusal of a tunnel: only the proxy answers CONNECT. */
function isRefusedTunnel(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_PROXY_TUNNEL' &&
    'statusCode' in error &&
    error.statusCode === 403
  );
}

function asProblem(error: unknown, isLate: boolean): Problem {
  if (error instanceof RefusedHost) return new Problem('source-forbidden', { host: error.host }, { cause: error });
  return new Problem(isLate ? 'source-stalled' : 'source-unreachable', {}, { cause: error });
}
