import { minimalEnvironment, runProgram } from '@linkcast/kit';
import {
  createOriginServer,
  dashManifest,
  fixturePaths,
  hlsPlaylist,
  makeFixtures,
  toolPath,
  type OriginServer,
} from '@linkcast/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCanary, createProxyFixture, portOf, type ProxyFixture } from './proxy-fixture.ts';

let root: string;
let folder: string;
/** A source that the owner allows. */
let origin: OriginServer;
let canary: OriginServer;
let canaryIPv6: OriginServer;
let proxy: ProxyFixture;

beforeAll(async () => {
  root = await makeFixtures();
  folder = await mkdtemp(path.join(os.tmpdir(), 'egress-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  [origin, canary, canaryIPv6] = await Promise.all([createOriginServer({ root }), createCanary(), createCanary('::1')]);
  proxy = await createProxyFixture({
    allowPrivate: [origin.hostPort],
    names: { 'private.example': ['127.0.0.1'] },
  });
});
afterEach(() => Promise.all([proxy.close(), origin.close(), canary.close(), canaryIPv6.close()]));

describe('yt-dlp through the proxy', () => {
  it('with an allowed source: downloads it, and its bytes are counted', async () => {
    const { stdout } = await ytDlp(origin.url + fixturePaths.mp4);
    expect(stdout.length).toBeGreaterThan(0);
    const usage = await proxy.usage();
    expect(usage).toMatchObject({ refusedHost: null, isOverLimit: false });
    expect(usage.bytes).toBeGreaterThan(800_000);
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
  ])('sent to a private address by %s: fails without a connection to it', async (_, start) => {
    const { outcome } = await ytDlp(start());
    expect(outcome.kind).toBe('failed');
    expect([...canary.requests, ...canaryIPv6.requests]).toEqual([]);
    expect((await proxy.usage()).refusedHost).not.toBeNull();
  });
});

function encryptedPlaylist(keyUrl: string): string {
  return hlsPlaylist(['/hls/index0.ts']).replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="${keyUrl}"\n#EXTINF`);
}

async function ytDlp(url: string) {
  const home = await mkdtemp(path.join(folder, 'home-'));
  const retries = ['--retries', '0', '--fragment-retries', '0', '--abort-on-unavailable-fragments'];
  return runProgram({
    file: toolPath('yt-dlp'),
    args: ['--ignore-config', '--no-cache-dir', ...retries, '--proxy', proxy.proxyUrl(), '-o', '-', '--', url],
    env: minimalEnvironment(home),
    cwd: home,
    wallSeconds: 25,
  });
}
