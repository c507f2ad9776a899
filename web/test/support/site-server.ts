import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { EventName, Job, Media, ProblemType, Station } from '@linkcast/contracts';
import { securityHeaders } from '../../../nginx/src/directives/security-headers.ts';
import { createCannedApi } from './canned-api.ts';
import { refused, type Reply } from './canned-reply.ts';
import { growingPlaylist } from './tiny-hls.ts';

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

/** The playlists of renditions, which grow; a master playlist is written once. */
const growing = /^(v\d+|audio)\.m3u8$/;

const JOB_EVENTS = /^\/api\/jobs\/[^/]+\/events$/;

interface SiteServerOptions {
  /** Folder of the built site. */
  readonly site: string;
  /** Folder with the media files of every item. */
  readonly media: string;
  /** A real API that answers instead of the canned one. */
  readonly apiUrl?: string;
}

export type SiteServer = Awaited<ReturnType<typeof startSiteServer>>;

/** Serves the built site with a canned API and real media files, with the security headers of the edge. */
export async function startSiteServer({ site, media, apiUrl }: SiteServerOptions) {
  const api = createCannedApi();
  const state = {
    /** Listed segments of an arriving item, by media id; absent for a ready item. */
    segments: new Map<string, number>(),
    /** Requests below these paths are answered with 502. */
    broken: new Set<string>(),
    /** Requests with these `METHOD /path` are answered with these problems. */
    problems: new Map<string, ProblemType>(),
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
    if (apiUrl !== undefined && url.pathname.startsWith('/api/')) {
      forward(request, response, apiUrl);
      return;
    }
    const problem = state.problems.get(`${request.method ?? ''} ${url.pathname}`);
    if (problem !== undefined) {
      sendReply(response, refused(problem));
      return;
    }
    const { rights } = api.callerOf(request);
    const mayWatch = rights.includes('watch');
    if (url.pathname === '/api/events' && rights.includes('add')) openEvents(response);
    else if (JOB_EVENTS.test(url.pathname)) openStream(response);
    else if (url.pathname.startsWith('/api/')) sendReply(response, await api.answer(request, url));
    else if (url.pathname.startsWith('/s/')) await answerShared(request, response, url.pathname);
    else if (isFile(url.pathname) && !mayWatch) response.writeHead(401).end();
    else if (url.pathname === '/play') await sendFile(request, response, join(media, 'audio.mp3'));
    else if (url.pathname.startsWith('/media/')) await answerMedia(request, response, url.pathname);
    else await answerSite(request, response, url.pathname, mayWatch ? 200 : 401);
  }

  /** Answers below `/s/<token>/`: the page, also for an invalid share, and the files of the share's item. */
  async function answerShared(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [, , token = '', file = ''] = path.split('/');
    const { role, mediaId } = api.guestOf(token);
    if (file === '') await answerSite(request, response, path, role === 'guest' ? 200 : 404);
    else if (role !== 'guest') response.writeHead(404).end();
    else if (mediaId !== null) await answerMedia(request, response, `/media/${mediaId}/${file}`);
    else await sendFile(request, response, join(media, 'audio.mp3'));
  }

  function openEvents(response: ServerResponse): void {
    openStream(response);
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

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

  async function answerSite(request: IncomingMessage, response: ServerResponse, path: string, status: number) {
    const isAsset = extname(path) !== '';
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (!isAsset) response.statusCode = status;
    await sendFile(request, response, join(site, isAsset ? path : 'index.html'));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one

  return {
    url: `http://127.0.0.1:${port}`,
    /** The data of the API and the simulated faults. */
    state: Object.assign(api.state, state),
    /** All requests so far, as `METHOD /path?query`. */
    calls,
    listenerCount: () => listeners.size,
    emit: (name: EventName, data: Job | Media | Station | { id?: string }) => {
      for (const response of listeners) response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    /** Disconnects the event streams, as a restart of the server does. */
    dropListeners: () => {
      for (const response of listeners) response.destroy();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Forwards a request with its headers, as the edge does. */
function forward(request: IncomingMessage, response: ServerResponse, apiUrl: string): void {
  const { method, headers, url = '/' } = request;
  const options = { method, headers: { ...headers, 'x-forwarded-proto': 'http' } };
  const forwarded = startRequest(new URL(url, apiUrl), options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  response.on('close', () => forwarded.destroy());
  request.pipe(forwarded);
}

/** Starts a stream of server-sent events. */
function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 200\n\n');
}

/** True for paths that need the right to watch. Pages are served to everybody. */
function isFile(path: string): boolean {
  return path === '/play' || path.startsWith('/media/');
}

function sendReply(response: ServerResponse, { status, json }: Reply): void {
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
