import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createOriginServer,
  dashManifest,
  fixturePaths,
  hlsPlaylist,
  makeFixtures,
  toolPath,
  until,
  type OriginServer,
} from '../../src/index.ts';

const run = promisify(execFile);

let root: string;
let folder: string;
let origin: OriginServer;

beforeAll(async () => {
  root = await makeFixtures();
  folder = await mkdtemp(path.join(os.tmpdir(), 'origin-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  origin = await createOriginServer({ root });
});
afterEach(() => origin.close());

describe('fixtures', () => {
  it.each([
    ['mp4', 'h264', 'aac'],
    ['mp4IndexAtEnd', 'h264', 'aac'],
    ['mp4TenBit', 'h264', 'aac'],
    ['webm', 'vp9', 'opus'],
    ['mp3', undefined, 'mp3'],
    ['m4a', undefined, 'aac'],
    ['hls', 'h264', 'aac'],
  ] as const)('%s through yt-dlp: has %s and %s', async (name, video, audio) => {
    const file = await download(origin.url + fixturePaths[name], 'b');
    expect(await codecs(file)).toEqual({ video, audio });
  });

  it('DASH through yt-dlp: has each height and the sound as separate formats', async () => {
    const info = await inspect(origin.url + fixturePaths.dash);
    expect(info.formats?.map(({ height, vcodec }) => height ?? vcodec)).toEqual(['none', 360, 720]);

    expect(await codecs(await download(origin.url + fixturePaths.dash, '0'))).toEqual({
      video: 'h264',
      audio: undefined,
    });
    expect(await codecs(await download(origin.url + fixturePaths.dash, '2'))).toEqual({
      video: undefined,
      audio: 'aac',
    });
  });

  it('the ten-bit clip: has ten bits', async () => {
    expect(await probe(path.join(root, fixturePaths.mp4TenBit), 'stream=pix_fmt')).toContain('yuv420p10le');
  });

  it('requested twice: are in one folder, named by their parameters', async () => {
    const [first, second] = await Promise.all([makeFixtures({ seconds: 1 }), makeFixtures({ seconds: 1 })]);
    expect(first).toMatch(/media-[0-9a-f]{12}$/);
    expect(second).toBe(first);
    expect(await makeFixtures({ seconds: 1 })).toBe(first);
    expect(root).not.toBe(first); // of another length
  });
});

describe('pages', () => {
  it('a watch page: gives yt-dlp its title, uploader, duration and thumbnail', async () => {
    const title = 'A <b>bold</b> & "quoted" </script> title';
    const url = origin.page('/watch', {
      title,
      media: fixturePaths.dash,
      thumbnail: fixturePaths.thumbnail,
      uploader: 'Someone',
      durationSeconds: 10,
    });
    expect(await inspect(url)).toMatchObject({
      title,
      uploader: 'Someone',
      duration: 10,
      thumbnail: origin.url + fixturePaths.thumbnail,
    });
  });

  it('a live playlist: is live for yt-dlp, and moves on by a segment', async () => {
    const url = origin.live('/live.m3u8', ['/hls/index0.ts', '/hls/index1.ts']);
    const first = await livePlaylist(url);
    expect(first.segments).toHaveLength(5);
    expect(await inspect(url)).toMatchObject({ is_live: true });
    const next = await until(async () => {
      const now = await livePlaylist(url);
      return now.sequence > first.sequence && now;
    });
    const passed = next.sequence - first.sequence;
    expect(next.segments.slice(0, -passed)).toEqual(first.segments.slice(passed));
    expect(next.text).not.toContain('#EXT-X-ENDLIST');
  });

  it.each(['hls', 'dash'])(
    'a manifest (%s) with segments on another server: yt-dlp requests them there',
    async (kind) => {
      const canary = await createOriginServer();
      const url =
        kind === 'hls'
          ? origin.text('/evil.m3u8', 'application/vnd.apple.mpegurl', hlsPlaylist([`${canary.url}/0.ts`]))
          : origin.text('/evil.mpd', 'application/dash+xml', dashManifest(`${canary.url}/`));
      await download(url, 'b').catch(() => undefined); // the canary has nothing to give
      expect(canary.requests.length).toBeGreaterThan(0);
      await canary.close();
    },
  );
});

describe('behaviours', () => {
  const whole = async () => (await stat(path.join(root, fixturePaths.mp4))).size;

  it('throttle: limits all connections together', async () => {
    origin.behave('/video.mp4', { kind: 'throttle', bytesPerSecond: (await whole()) * 2 });
    const startMs = performance.now();
    await Promise.all([fetchBytes('/video.mp4'), fetchBytes('/video.mp4')]);
    const seconds = (performance.now() - startMs) / 1000;
    expect(seconds).toBeGreaterThan(0.8);
    expect(seconds).toBeLessThan(2);
  });

  it('stall: sends a part and never ends', async () => {
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 5000 });
    await expect(fetchBytes('/video.mp4', AbortSignal.timeout(500))).rejects.toThrow('timeout');
    expect(origin.requests[0]?.sentBytes).toBe(5000);
  });

  it('truncate with the whole length: the connection breaks', async () => {
    origin.behave('/video.mp4', { kind: 'truncate', afterBytes: 5000, contentLength: 'whole' });
    await expect(fetchBytes('/video.mp4')).rejects.toThrow('terminated');
  });

  it('truncate with the sent length: the answer is complete for the client', async () => {
    origin.behave('/video.mp4', { kind: 'truncate', afterBytes: 5000, contentLength: 'sent' });
    expect(await fetchBytes('/video.mp4')).toHaveLength(5000);
  });

  it.each([403, 404, 429, 500])('status %i: is answered', async (status) => {
    origin.behave('/*', { kind: 'status', status, headers: { 'retry-after': '1' } });
    expect((await fetch(`${origin.url}/video.mp4`)).status).toBe(status);
  });

  it('redirect: answers 302 with the location', async () => {
    const url = origin.behave('/away', { kind: 'redirect', to: 'http://example.com/' });
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://example.com/']);
  });

  it('endless: sends bytes without end and without a length', async () => {
    const url = origin.behave('/video.mp4', { kind: 'endless' });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBeNull();
    let bytes = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > (await whole()) * 2) break;
    }
    expect(bytes).toBeGreaterThan((await whole()) * 2);
  });

  it('gzip-bomb: is small on the network and large when decoded', async () => {
    origin.behave('/video.mp4', { kind: 'gzip-bomb', bytes: 20e6 });
    expect(await fetchBytes('/video.mp4')).toHaveLength(20e6);
    expect(origin.requests[0]?.sentBytes).toBeLessThan(100e3);
  });

  it('huge: announces the given length', async () => {
    const url = origin.behave('/video.mp4', { kind: 'huge', contentLength: 1e12 });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBe('1000000000000');
    await response.body?.cancel();
  });

  it('slow-header: does not answer for a while', async () => {
    const url = origin.behave('/video.mp4', { kind: 'slow-header', seconds: 30 });
    await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout');
  });

  it('body: has the given type and content', async () => {
    const url = origin.behave('/video.mp4', { kind: 'body', contentType: 'video/mp4', body: '<html>' });
    const response = await fetch(url);
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['video/mp4', '<html>']);
  });

  it('behaveWell: ends all faults', async () => {
    origin.behave('/*', { kind: 'status', status: 500 });
    origin.behaveWell();
    expect(await fetchBytes('/video.mp4')).toHaveLength(await whole());
  });
});

describe('ranges', () => {
  it('a range: is answered with that part', async () => {
    const response = await fetch(origin.url + fixturePaths.mp4, { headers: { range: 'bytes=4-7' } });
    expect([response.status, await response.text()]).toEqual([206, 'ftyp']);
  });

  it('a range after the end: is refused', async () => {
    const response = await fetch(origin.url + fixturePaths.mp4, { headers: { range: 'bytes=999999999-' } });
    expect(response.status).toBe(416);
  });

  it('a path outside the root: answers 404', async () => {
    expect((await fetch(`${origin.url}/%2e%2e%2f%2e%2e%2fetc/passwd`)).status).toBe(404);
  });
});

interface Info {
  readonly formats?: readonly { readonly height?: number | null; readonly vcodec?: string }[];
}

async function ytDlp(args: readonly string[]): Promise<Buffer> {
  const { stdout } = await run(toolPath('yt-dlp'), ['--ignore-config', '--no-cache-dir', '--retries', '0', ...args], {
    cwd: await mkdtemp(path.join(folder, 'cwd-')),
    encoding: 'buffer',
    maxBuffer: 50e6,
    timeout: 25_000,
  });
  return stdout;
}

async function inspect(url: string): Promise<Info> {
  return JSON.parse((await ytDlp(['-J', '--', url])).toString()) as Info; // yt-dlp's shape
}

async function download(url: string, format: string): Promise<Buffer> {
  return ytDlp(['-f', format, '-o', '-', '--', url]);
}

async function fetchBytes(pathname: string, signal?: AbortSignal): Promise<Buffer> {
  const response = await fetch(origin.url + pathname, signal ? { signal } : {});
  return Buffer.from(await response.arrayBuffer());
}

async function livePlaylist(url: string) {
  const text = await (await fetch(url)).text();
  const sequence = Number(/^#EXT-X-MEDIA-SEQUENCE:(\d+)$/m.exec(text)?.[1] ?? Number.NaN);
  return { text, sequence, segments: text.split('\n').filter((line) => line.startsWith('/')) };
}

async function probe(file: string, entries: string): Promise<string> {
  const args = ['-v', 'error', '-show_entries', entries, '-of', 'csv=p=0', file];
  return (await run('ffprobe', args, { timeout: 20_000 })).stdout;
}

async function codecs(media: Buffer): Promise<{ video: string | undefined; audio: string | undefined }> {
  const file = path.join(await mkdtemp(path.join(folder, 'probe-')), 'media');
  await writeFile(file, media);
  const streams = (await probe(file, 'stream=codec_type,codec_name'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const codecOf = (type: string) => streams.find(([, kind]) => kind === type)?.[0];
  return { video: codecOf('video'), audio: codecOf('audio') };
}
