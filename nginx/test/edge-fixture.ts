import { accessCheck, sessionCookies } from '@linkcast/contracts';
import { createLogger, type Stoppable } from '@linkcast/kit';
import { findFreePort, portOf, testKeys, until } from '@linkcast/testing';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http, { type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { createEdge, type EdgeOptions } from '../src/edge.ts';

const SERVICE_KEY = testKeys.nginx;
export const MEDIA_ID = 'abcdefghijklmnopqr23';
/** Of an item that is still being downloaded. */
export const GROWING_ID = 'abcdefghijklmnopqr24';
/** Tokens that the stand-in for yt-app knows. */
export const SESSION = `session_${'x'.repeat(35)}`;
export const ITEM_SHARE = 'item-share_xxxxxxxxxxx';
/** Of {@link GROWING_ID}. */
export const GROWING_SHARE = 'growing-share_xxxxxxxx';
export const STATION_SHARE = 'station-share_xxxxxxxx';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly isHttps?: true;
  /** The name for the TLS handshake. Default: localhost. */
  readonly serverName?: string;
  /** Another HTTP port than the fixture's. */
  readonly port?: number;
  /** Without the cookie of {@link SESSION}, which is sent otherwise. */
  readonly isStranger?: true;
}

export interface EdgeFixture {
  readonly options: EdgeOptions;
  readonly log: string[];
  readonly ytApp: YtApp;
  readonly icecast: Upstream;
  /** Sends the path as it is, however odd. Host is localhost unless told. */
  request(path: string, options?: RequestOptions): Promise<Answer>;
  /** Stops nginx alone; what it serves and asks stays. */
  stopEdge(): Promise<void>;
  stop(): Promise<void>;
}

export interface Upstream {
  readonly url: string;
  /** What came, oldest first. */
  readonly requests: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  handler: RequestListener;
  stop(): Promise<void>;
}

/** A stand-in for yt-app, which knows who may watch. */
export interface YtApp extends Upstream {
  /** The headers of nginx's access checks; not among {@link Upstream.requests}. */
  readonly questions: IncomingHttpHeaders[];
  /** It answers no question, as if it had just been killed. */
  isAway: boolean;
  /** It takes questions and never answers. */
  isSilent: boolean;
  readonly sessions: Set<string>;
  /** Share tokens, with the item, or null for the station. */
  readonly shares: Map<string, string | null>;
}

/** nginx with a small site and one media item, between two upstreams that the test answers for. */
export async function startEdge(more: Partial<EdgeOptions> = {}): Promise<EdgeFixture> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'edge-'));
  await chmod(directory, 0o755); // so that workers need not be root where the tests are
  await makeFiles(directory);
  const [ytApp, icecast] = await Promise.all([startYtApp(), startUpstream()]);
  const log: string[] = [];
  const options: EdgeOptions = {
    httpPort: await findFreePort(),
    httpsPort: await findFreePort(),
    listenAddresses: ['127.0.0.1'],
    siteDirectory: path.join(directory, 'site'),
    mediaDirectory: path.join(directory, 'media'),
    stateDirectory: path.join(directory, 'nginx'),
    certificateDirectory: path.join(directory, 'certificate'),
    access: 'private',
    homeNames: [],
    ytAppUrl: ytApp.url,
    icecastUrl: icecast.url,
    serviceKey: SERVICE_KEY,
    installationMark: '0123456789abcdef'.repeat(2),
    logger: createLogger({
      service: 'nginx',
      level: 'debug',
      secrets: [SERVICE_KEY],
      destination: { write: (line) => log.push(line) },
    }),
    ...more,
  };
  const edge = await createEdge(options);
  await waitUntilListening(options.httpPort);
  let stopping: Promise<void> | undefined;
  const stopEdge = () => (stopping ??= Promise.resolve(edge.stop()));
  return {
    options,
    log,
    ytApp,
    icecast,
    request: (target, request = {}) => send(options, target, request),
    stopEdge,
    stop: async () => {
      await stopEdge();
      await stopAll([ytApp, icecast]);
      await rm(directory, { recursive: true });
    },
  };
}

/** {@link startUpstream} that answers access checks by itself, as long as it runs. */
async function startYtApp(): Promise<YtApp> {
  const questions: IncomingHttpHeaders[] = [];
  const sessions = new Set([SESSION]);
  const shares = new Map<string, string | null>([
    [ITEM_SHARE, MEDIA_ID],
    [GROWING_SHARE, GROWING_ID],
    [STATION_SHARE, null],
  ]);
  const upstream = await startUpstream((request, response) => {
    if (request.url !== accessCheck.path) return false;
    questions.push(request.headers);
    if (ytApp.isAway) response.destroy();
    if (ytApp.isAway || ytApp.isSilent) return true;
    const {
      cookie = '',
      authorization,
      [accessCheck.wantsHeader]: wants,
      [accessCheck.shareHeader]: share,
    } = request.headers;
    const item = shares.get(String(share));
    const isGood =
      wants === 'site'
        ? Object.values(sessionCookies).some((name) => sessions.has(cookie.replace(`${name}=`, '')))
        : item !== undefined && (item === null) === (wants === 'share-station');
    if (typeof item === 'string') response.setHeader(accessCheck.itemHeader, item);
    response.setHeader('cache-control', 'no-store');
    response.writeHead(isGood && authorization === `Bearer ${SERVICE_KEY}` ? 204 : 401).end();
    return true;
  });
  const ytApp = Object.assign(upstream, { questions, sessions, shares, isAway: false, isSilent: false });
  return ytApp;
}

/** A server on loopback that notes what comes and answers 200 `upstream` until it is given a handler. */
async function startUpstream(
  answers: (...call: Parameters<RequestListener>) => boolean = () => false,
): Promise<Upstream> {
  const server: Server = http.createServer((request, response) => {
    if (answers(request, response)) return;
    upstream.requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    upstream.handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const upstream: Upstream = {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests: [],
    handler: (_request, response) => response.end('upstream'),
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return upstream;
}

async function stopAll(parts: readonly Stoppable[]): Promise<void> {
  for (const part of parts) await part.stop();
}

async function makeFiles(directory: string): Promise<void> {
  const files: Record<string, string> = {
    'site/index.html': '<!doctype html><title>Linkcast</title>',
    'site/assets/index-Ab_12.js': 'console.log("site");'.repeat(100),
    'site/assets/.hidden.js': 'hidden',
    'site/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'site/.env': 'secret',
    'secret.mp4': 'secret',
    [`media/${MEDIA_ID}/index.m3u8`]: '#EXTM3U\n'.repeat(200),
    [`media/${MEDIA_ID}/v1080.mp4`]: '0123456789',
    [`media/${MEDIA_ID}/audio.mp3`]: '0123456789',
    [`media/${MEDIA_ID}/poster.jpg`]: 'jpeg',
    [`media/${MEDIA_ID}/media.json`]: '{"secret": true}',
    [`media/${GROWING_ID}/v1080.mp4`]: '0123',
    [`media/${GROWING_ID}/audio.mp3`]: '0123',
    'media/.work/job.1/v1080.mp4': 'secret',
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function send(options: EdgeOptions, target: string, request: RequestOptions): Promise<Answer> {
  const { method = 'GET', headers = {}, body, isHttps, isStranger } = request;
  const cookie = isStranger ? {} : { cookie: `${sessionCookies[isHttps ? 'https' : 'http']}=${SESSION}` };
  const shared = {
    host: '127.0.0.1',
    path: target,
    method,
    headers: { host: request.serverName ?? 'localhost', ...cookie, ...headers },
    agent: false,
  };
  const outgoing = isHttps
    ? https.request({
        ...shared,
        port: options.httpsPort,
        servername: request.serverName ?? 'localhost',
        rejectUnauthorized: false, // trust has its own tests
      })
    : http.request({ ...shared, port: request.port ?? options.httpPort });
  outgoing.end(body);
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
  });
}

async function waitUntilListening(port: number): Promise<void> {
  const isUp = () =>
    new Promise<boolean>((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, path: '/', headers: { host: 'localhost' }, agent: false });
      request.once('error', () => resolve(false));
      request.once('response', (response) => {
        response.resume();
        resolve(true);
      });
    });
  await until(isUp, 20);
}
