import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Problem, type EventName, type Job, type Media, type Station } from '@linkcast/contracts';
import { aStation } from './canned.ts';
import { growingPlaylist } from './tiny-hls.ts';

/** The policy the edge sends with every page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webmanifest': 'application/manifest+json',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mp4': 'video/mp4',
  '.mp3': 'audio/mpeg',
};

/** The playlists of renditions; a master is written once. */
const growing = /^(v\d+|audio)\.m3u8$/;

interface SiteServerOptions {
  /** The built site. */
  readonly site: string;
  /** One folder of media that every item is played from. */
  readonly media: string;
}

export type SiteServer = Awaited<ReturnType<typeof startSiteServer>>;

/** The built site with an API of canned data and real files, under the policy of the edge. */
export async function startSiteServer({ site, media }: SiteServerOptions) {
  const state = {
    media: [] as Media[],
    jobs: [] as Job[],
    station: aStation(),
    /** Segments of an item that still arrives; absent: whole. */
    segments: new Map<string, number>(),
    /** Answers 502 to everything below these paths. */
    broken: new Set<string>(),
  };
  const listeners = new Set<ServerResponse>();
  const calls: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    calls.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    if ([...state.broken].some((prefix) => url.pathname.startsWith(prefix))) {
      response.writeHead(502).end();
      return;
    }
    if (url.pathname === '/api/events') openEvents(response);
    else if (url.pathname.startsWith('/api/')) await answerApi(request, response, url);
    else if (url.pathname === '/play') await sendFile(request, response, join(media, 'audio.mp3'));
    else if (url.pathname.startsWith('/media/')) await answerMedia(request, response, url.pathname);
    else await answerSite(request, response, url.pathname);
  }

  function openEvents(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 200\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [, , what, id] = url.pathname.split('/');
    const body: unknown = request.method === 'GET' ? undefined : await readJson(request);
    const call = `${request.method ?? ''} ${what ?? ''}${id === undefined ? '' : '/:id'}`;
    const reply = routes[call]?.(id ?? '', body, url.searchParams);
    if (reply === undefined) sendJson(response, 404, new Problem('not-found').toDocument());
    else sendJson(response, reply.status ?? 200, reply.json);
  }

  type Reply = { readonly status?: number; readonly json?: unknown } | undefined;
  const routes: Record<string, (id: string, body: unknown, query: URLSearchParams) => Reply> = {
    'GET media': (_, __, query) => ({ json: listMedia(state.media, query) }),
    'GET media/:id': (id) => found(state.media.find((item) => item.id === id)),
    'PATCH media/:id': (id, body) => {
      const { title } = body as Pick<Media, 'title'>; // what the site sends
      state.media = state.media.map((item) => (item.id === id ? { ...item, title } : item));
      return found(state.media.find((item) => item.id === id));
    },
    'DELETE media/:id': (id) => {
      state.media = state.media.filter((item) => item.id !== id);
      return { status: 204 };
    },
    'GET jobs': () => ({ json: { jobs: state.jobs, nextCursor: null } }),
    'GET jobs/:id': (id) => found(state.jobs.find((job) => job.id === id)),
    'DELETE jobs/:id': (id) => found(state.jobs.find((job) => job.id === id)),
    'POST jobs': () => found(state.jobs[0]),
    'GET station': () => ({ json: state.station }),
    'POST station/:id': () => ({ json: state.station, status: 202 }),
  };

  async function answerMedia(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [, , id = '', file = ''] = path.split('/');
    const segments = state.segments.get(id);
    if (segments === undefined || !growing.test(file)) {
      await sendFile(request, response, join(media, file));
      return;
    }
    response.writeHead(200, { 'content-type': types['.m3u8'], 'cache-control': 'no-cache' });
    response.end(await growingPlaylist(join(media, file), segments));
  }

  async function answerSite(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const isFile = extname(path) !== '';
    response.setHeader('content-security-policy', policy);
    await sendFile(request, response, join(site, isFile ? path : 'index.html'));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port

  return {
    url: `http://127.0.0.1:${port}`,
    state,
    /** Every request so far, as `METHOD /path?query`. */
    calls,
    listenerCount: () => listeners.size,
    emit: (name: EventName, data: Job | Media | Station | { id?: string }) => {
      for (const response of listeners) response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    /** Breaks the event streams, as a restart of the server does. */
    dropListeners: () => {
      for (const response of listeners) response.destroy();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function found(thing: unknown): { json: unknown } | undefined {
  return thing === undefined ? undefined : { json: thing };
}

function listMedia(all: readonly Media[], query: URLSearchParams) {
  const type = query.get('type');
  const q = (query.get('q') ?? '').toLowerCase();
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const matching = all
    .filter((item) => (type === null || item.type === type) && item.title.toLowerCase().includes(q))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const media = matching.slice(from, from + limit);
  return { media, nextCursor: from + limit < matching.length ? String(from + limit) : null };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(json === undefined ? undefined : JSON.stringify(json));
}

async function sendFile(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
  response.setHeader('accept-ranges', 'bytes');
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) {
    response.end(await readFile(path));
    return;
  }
  const start = Number(range[1]);
  const end = Math.min(size - 1, range[2] === '' ? size - 1 : Number(range[2]));
  response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 });
  createReadStream(path, { start, end }).pipe(response);
}
