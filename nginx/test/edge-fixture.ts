import { createLogger, type Stoppable } from '@linkcast/kit';
import { findFreePort } from '@linkcast/testing';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http, { type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { createEdge, type EdgeOptions } from '../src/edge.ts';

export const API_TOKEN = 'canary-token-0123456789';
export const MEDIA_ID = 'abcdefghijklmnopqr23';

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
  /** Another HTTP port than the fixture's. */
  readonly port?: number;
}

export interface EdgeFixture {
  readonly options: EdgeOptions;
  readonly log: string[];
  readonly ytApp: Upstream;
  readonly icecast: Upstream;
  /** Sends the path as it is, however odd. Host is localhost unless told. */
  request(path: string, options?: RequestOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Upstream {
  readonly url: string;
  /** What came, oldest first. */
  readonly requests: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
  handler: RequestListener;
  stop(): Promise<void>;
}

/** nginx with a small site and one media item, between two upstreams that the test answers for. */
export async function startEdge(more: Partial<EdgeOptions> = {}): Promise<EdgeFixture> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'edge-'));
  await chmod(directory, 0o755); // so that workers need not be root where the tests are
  await makeFiles(directory);
  const [ytApp, icecast] = await Promise.all([startUpstream(), startUpstream()]);
  const log: string[] = [];
  const options: EdgeOptions = {
    httpPort: await findFreePort(),
    httpsPort: await findFreePort(),
    listenAddresses: ['127.0.0.1'],
    siteDirectory: path.join(directory, 'site'),
    mediaDirectory: path.join(directory, 'media'),
    stateDirectory: path.join(directory, 'nginx'),
    ytAppUrl: ytApp.url,
    icecastUrl: icecast.url,
    apiToken: API_TOKEN,
    logger: createLogger({
      service: 'nginx',
      level: 'debug',
      secrets: [API_TOKEN],
      destination: { write: (line) => log.push(line) },
    }),
    ...more,
  };
  const edge = await createEdge(options);
  await waitUntilListening(options.httpPort);
  return {
    options,
    log,
    ytApp,
    icecast,
    request: (target, request = {}) => send(options, target, request),
    stop: async () => {
      await stopAll([edge, ytApp, icecast]);
      await rm(directory, { recursive: true });
    },
  };
}

/** A server on loopback that notes what comes and answers 200 `upstream` until it is given a handler. */
async function startUpstream(): Promise<Upstream> {
  const server: Server = http.createServer((request, response) => {
    upstream.requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    upstream.handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const upstream: Upstream = {
    url: `http://127.0.0.1:${address.port}`,
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
    'media/.work/job.1/v1080.mp4': 'secret',
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function send(options: EdgeOptions, target: string, request: RequestOptions): Promise<Answer> {
  const { method = 'GET', headers = {}, body, isHttps } = request;
  const shared = { host: '127.0.0.1', path: target, method, headers: { host: 'localhost', ...headers }, agent: false };
  const outgoing = isHttps
    ? https.request({
        ...shared,
        port: options.httpsPort,
        servername: 'localhost',
        ca: await readFile(path.join(options.stateDirectory, 'certificate.pem')),
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
  const deadline = Date.now() + 10_000;
  for (;;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, path: '/', headers: { host: 'localhost' }, agent: false });
      request.once('error', () => resolve(false));
      request.once('response', (response) => {
        response.resume();
        resolve(true);
      });
    });
    if (isUp) return;
    if (Date.now() > deadline) throw new Error('nginx did not come up');
  }
}
