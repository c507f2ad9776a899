import { createLogger, minimalEnvironment, runProgram } from '@linkcast/kit';
import {
  createOriginServer,
  dashManifest,
  fixturePaths,
  hlsPlaylist,
  makeFixtures,
  toolPath,
  type OriginServer,
} from '@linkcast/testing';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEgressProxy, type EgressProxy } from '../src/egress/egress-proxy.ts';

const JOB = 'job1';
let root: string;
let folder: string;
/** Allowed by the owner. */
let origin: OriginServer;
/** Private, not allowed: nobody may ever knock here. */
let canary: OriginServer;
let canaryIPv6: OriginServer;
let egress: EgressProxy;
let asked: string[];

const NAMES: Record<string, string[]> = {
  'nas.lan': ['127.0.0.1'],
  'private.example': ['127.0.0.1'],
  'mixed.example': ['127.0.0.1', '93.184.216.34'],
};

beforeAll(async () => {
  root = await makeFixtures();
  folder = await mkdtemp(path.join(os.tmpdir(), 'egress-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  [origin, canary, canaryIPv6] = await Promise.all([
    createOriginServer({ root }),
    createOriginServer({ root }),
    createOriginServer({ root, host: '::1' }),
  ]);
  asked = [];
  egress = await createEgressProxy({
    allowPrivate: [origin.hostPort, `nas.lan:${portOf(origin)}`],
    logger: createLogger({ service: 'test', level: 'silent' }),
    lookup: (name) => {
      asked.push(name);
      return Promise.resolve(NAMES[name] ?? []);
    },
  });
});
afterEach(() => Promise.all([egress.stop(), origin.close(), canary.close(), canaryIPv6.close()]));

describe('yt-dlp through the proxy', () => {
  it('from an allowed source, downloads and its bytes are counted', async () => {
    const { stdout } = await ytDlp(origin.url + fixturePaths.mp4);
    expect(stdout.length).toBeGreaterThan(0);
    expect(egress.bytes(JOB)).toBeGreaterThan(800_000);
    expect(egress.refusals(JOB)).toBeUndefined();
  });

  it.each([
    ['a redirect', () => origin.behave('/start', { kind: 'redirect', to: `${canary.url}/video.mp4` })],
    ['a redirect to IPv6', () => origin.behave('/start', { kind: 'redirect', to: `${canaryIPv6.url}/video.mp4` })],
    [
      'a redirect to a decimal address',
      () => origin.behave('/start', { kind: 'redirect', to: `http://2130706433:${portOf(canary)}/video.mp4` }),
    ],
    [
      'a redirect to a name',
      () => origin.behave('/start', { kind: 'redirect', to: `http://private.example:${portOf(canary)}/` }),
    ],
    [
      'an HLS segment',
      () => origin.text('/a.m3u8', 'application/vnd.apple.mpegurl', hlsPlaylist([`${canary.url}/0.ts`])),
    ],
    [
      'an HLS key',
      () => origin.text('/a.m3u8', 'application/vnd.apple.mpegurl', encryptedPlaylist(`${canary.url}/key`)),
    ],
    ['a DASH base', () => origin.text('/a.mpd', 'application/dash+xml', dashManifest(`${canary.url}/`))],
    ['a page', () => origin.page('/page', { title: 'page', media: `${canary.url}/video.mp4` })],
  ])('led to a private address by %s, never gets there', async (_, start) => {
    const { outcome } = await ytDlp(start());
    expect(outcome.kind).toBe('failed');
    expect([...canary.requests, ...canaryIPv6.requests]).toEqual([]);
    expect(egress.refusals(JOB)).toBeDefined();
  });
});

describe('a program through the proxy', () => {
  it.each([
    ...[
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '0',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '127.0.0.1.',
    ],
    ...[
      'localhost',
      'LOCALHOST.',
      'private.example',
      'mixed.example',
      '[64:ff9b::7f00:1]',
      '10.0.0.1',
      '169.254.169.254',
    ],
  ])('asking for %s, is refused with and without a tunnel', async (host) => {
    const destination = `${host}:${portOf(canary)}`;
    expect(await get(`http://${destination}/`)).toBe(403);
    expect(await openTunnel(destination)).toBe(403);
    expect(canary.requests).toEqual([]);
  });

  it('asking for a private name on an open port, is refused by its address', async () => {
    expect(await get('http://private.example/')).toBe(403);
    expect(await openTunnel('mixed.example:443')).toBe(403);
    expect(egress.refusals(JOB)).toBe('mixed.example');
  });

  it('asking for IPv6 loopback, is refused', async () => {
    expect(await get(`${canaryIPv6.url}/`)).toBe(403);
    expect(await openTunnel(canaryIPv6.hostPort)).toBe(403);
    expect(canaryIPv6.requests).toEqual([]);
  });

  it('asking for an allowed name, gets it with one query and from the address of that query', async () => {
    expect(await get(`http://nas.lan:${portOf(origin)}/video.mp4`)).toBe(200);
    expect(await openTunnel(`nas.lan:${portOf(origin)}`)).toBe(200);
    expect(asked).toEqual(['nas.lan', 'nas.lan']);
    expect(origin.requests).toHaveLength(1);
  });

  it('asking for another port of an allowed address, is refused', async () => {
    expect(await get(`http://nas.lan:${portOf(canary)}/`)).toBe(403);
  });

  it('asking for a name without an address, is answered 502', async () => {
    expect(await get('http://nowhere.example/')).toBe(502);
    expect(await openTunnel('nowhere.example:443')).toBe(502);
    expect(egress.refusals(JOB)).toBeUndefined();
  });

  it('asking for a closed port, is answered with a 5xx', async () => {
    await origin.close();
    expect(await get(`${origin.url}/`)).toBeGreaterThanOrEqual(500);
    expect(await openTunnel(origin.hostPort)).toBe(502);
  });

  it.each(['http://job1@', 'http://job1:wrong@', 'http://other:wrong@', 'http://'])(
    'that comes as %s, is asked who it is',
    async (who) => {
      const stranger = egress.url(JOB).replace(/^http:.*@/, who);
      expect(await get(`${origin.url}/`, stranger)).toBe(407);
      expect(origin.requests).toEqual([]);
    },
  );

  it('of a forgotten job, is cut off', async () => {
    const proxyUrl = egress.url(JOB);
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 1000 });
    const response = await request(`${origin.url}/video.mp4`, proxyUrl);
    egress.forget(JOB);
    await expect(once(response, 'end')).rejects.toThrow('aborted');
    expect(await get(`${origin.url}/`, proxyUrl)).toBe(407);
    expect(egress.bytes(JOB)).toBe(0);
  });
});

describe('bytes', () => {
  it('two jobs, are counted apart and while they run', async () => {
    await get(`${origin.url}/video.mp4`, egress.url('other'));
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 100_000 });
    const response = await request(`${origin.url}/video.mp4`, egress.url(JOB));
    response.resume();
    await vi.waitUntil(() => egress.bytes(JOB) > 100_000);
    expect(egress.bytes(JOB)).toBeLessThan(110_000);
    expect(egress.bytes('other')).toBeGreaterThan(800_000);
    response.destroy();
  });
});

function portOf(server: OriginServer): string {
  return new URL(server.url).port;
}

function encryptedPlaylist(keyUrl: string): string {
  return hlsPlaylist(['/hls/index0.ts']).replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="${keyUrl}"\n#EXTINF`);
}

async function ytDlp(url: string) {
  const home = await mkdtemp(path.join(folder, 'home-'));
  return runProgram({
    file: toolPath('yt-dlp'),
    args: [
      '--ignore-config',
      '--no-cache-dir',
      '--retries',
      '0',
      '--fragment-retries',
      '0',
      '--abort-on-unavailable-fragments',
      '--proxy',
      egress.url(JOB),
      '-o',
      '-',
      '--',
      url,
    ],
    env: minimalEnvironment(home),
    cwd: home,
    wallSeconds: 25,
  });
}

/** A GET through the proxy, with the request line that programs use for plain HTTP. */
async function request(url: string, proxyUrl = egress.url(JOB)): Promise<IncomingMessage> {
  const [response] = (await once(http.get({ ...toProxy(proxyUrl), path: url }), 'response')) as [IncomingMessage]; // its argument
  return response;
}

async function get(url: string, proxyUrl?: string): Promise<number> {
  const response = await request(url, proxyUrl);
  response.resume();
  await once(response, 'end');
  return response.statusCode ?? 0;
}

async function openTunnel(destination: string): Promise<number> {
  const asking = http.request({ ...toProxy(egress.url(JOB)), method: 'CONNECT', path: destination }).end();
  const [response, socket] = (await once(asking, 'connect')) as [IncomingMessage, Socket]; // its arguments
  socket.destroy();
  return response.statusCode ?? 0;
}

function toProxy(proxyUrl: string): http.RequestOptions {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return {
    host: hostname,
    port,
    agent: false,
    headers: username === '' ? {} : { 'proxy-authorization': `Basic ${credentials}` },
  };
}
