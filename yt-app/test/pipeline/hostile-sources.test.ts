import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { isProblem, type MediaType } from '@linkcast/contracts';
import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import PQueue from 'p-queue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDownloadDocument } from '../../src/pipeline/source/download-document.ts';
import { createCanary, schemesOfFfmpeg, type Canary } from './canary.ts';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

const run = promisify(execFile);
const PLAYLIST = 'application/vnd.apple.mpegurl';
const schemes = await schemesOfFfmpeg();

let origin: OriginServer;
let rig: PipelineRig;
let canary: Canary;
/** A local file that no source may reach, with bytes found nowhere else. */
let secretFile: string;
const secret = randomBytes(32).toString('hex');
let count = 0;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  rig = await createPipelineRig({ allow: [origin.hostPort], stallSeconds: 20 });
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-secret-'));
  secretFile = path.join(folder, 'secret.ts');
  await writeFile(secretFile, secret);
  canary = await createCanary();
});
afterAll(async () => {
  await canary.close();
  await rig.close();
  await origin.close();
  await rm(path.dirname(secretFile), { recursive: true });
});

/** The URLs of the attack in one scheme: the canary, or the local file where the scheme reads files. */
function hostileUrls(scheme: string): string[] {
  const readsFiles = ['file', 'concat', 'concatf', 'subfile', 'cache', 'async', 'crypto', 'bluray', 'unix'];
  return readsFiles.includes(scheme) ? [`${scheme}:${secretFile}`, `${scheme}://${secretFile}`] : [canary.url(scheme)];
}

/** Runs a job and returns its end: `ready` or a problem. Its files are searched for the secret. */
async function attack(url: string, type: MediaType = 'video'): Promise<string> {
  count += 1;
  const id = `attack${count}`;
  const job = { id, mediaId: id, url, type, quality: 'best' } as const;
  const ending = await rig.run(job, createRecord(), AbortSignal.timeout(60_000)).then(
    () => 'ready',
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );
  expect(await containsSecret(path.join(rig.mediaDir, id))).toBe(false);
  await rm(path.join(rig.mediaDir, id), { recursive: true, force: true });
  return ending;
}

async function containsSecret(folder: string): Promise<boolean> {
  const files = await readdir(folder, { recursive: true }).catch(() => []); // a job that failed leaves no folder
  const contents = await Promise.all(files.map((file) => readFile(path.join(folder, file)).catch(() => Buffer.of()))); // a folder
  return contents.some((content) => content.includes(secret));
}

const master = (...lines: string[]) => ['#EXTM3U', ...lines].join('\n');
const variant = (uri: string, attributes = 'BANDWIDTH=500000,RESOLUTION=640x360') =>
  `#EXT-X-STREAM-INF:${attributes}\n${uri}`;
const goodVariant = () => `${origin.url}${fixturePaths.hls}`;
const mediaPlaylist = (...lines: string[]) =>
  ['#EXTM3U', '#EXT-X-TARGETDURATION:2', ...lines, '#EXT-X-ENDLIST'].join('\n');
const segment = (uri: string) => `#EXTINF:2,\n${uri}`;
const goodSegment = () => segment(`${origin.url}/hls/index0.ts`);

// yt-dlp requests the first address of a master playlist while it resolves: the honest one stands first.
describe('a master playlist', () => {
  test.each([
    ['mergeall', () => canary.url('tcp')],
    ['mergeall', () => `file://${secretFile}`],
    ['all', () => canary.url('ftp')],
    ['best+worst', () => canary.url('gopher')],
  ])('with a variant named %s and a rendition of another scheme: only http is requested', async (name, url) => {
    const text = master(
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="${goodVariant()}"`,
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b",URI="${url()}"`,
      variant(
        goodVariant(),
        `BANDWIDTH=500000,RESOLUTION=640x360,CODECS="avc1.64001e,mp4a.40.2",AUDIO="a",NAME="${name}"`,
      ),
    );
    expect(await attack(origin.text('/selector.m3u8', PLAYLIST, text))).toBe('ready');
    expect(canary.contacts()).toBe(0);
  });

  test('with variants of every scheme of ffmpeg: none of them is requested, the http variant is downloaded', async () => {
    const hostile = schemes.flatMap(hostileUrls).map((url) => variant(url, 'BANDWIDTH=900000,RESOLUTION=1280x720'));
    const text = master(variant(goodVariant()), ...hostile);
    expect(await attack(origin.text('/variants.m3u8', PLAYLIST, text))).toBe('ready');
    expect(await attack(origin.text('/only-hostile.m3u8', PLAYLIST, master(...hostile)))).toBe('source-unsupported');
    expect(canary.contacts()).toBe(0);
  });

  test('with audio renditions and subtitles of every scheme: none of them is requested', async () => {
    const hostile = schemes
      .flatMap(hostileUrls)
      .flatMap((url, index) => [
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a${index}",LANGUAGE="en",URI="${url}"`,
        `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="s${index}",LANGUAGE="en",URI="${url}"`,
      ]);
    const honest = `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="honest",LANGUAGE="en",URI="${goodVariant()}"`;
    const attributes = 'BANDWIDTH=500000,RESOLUTION=640x360,AUDIO="a",SUBTITLES="s"';
    const text = master(honest, ...hostile, variant(goodVariant(), attributes));
    expect(await attack(origin.text('/renditions.m3u8', PLAYLIST, text))).toBe('ready');
    expect(canary.contacts()).toBe(0);
  });
});

/** Downloads from playlists without resolving them, one for each processor at once. */
async function downloadEach(playlists: readonly string[]): Promise<void> {
  const turns = new PQueue({ concurrency: availableParallelism() });
  await turns.addAll(playlists.map((url) => () => downloadFrom(url)));
}

/** Expects the download to fail without a part of the secret in its output. */
async function downloadFrom(url: string): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-hostile-'));
  const signal = AbortSignal.timeout(60_000);
  const download = rig.ytDlp.prepareDownload({ directory, proxyUrl: rig.proxyUrl, signal });
  download.begin(writeDownloadDocument({ url, protocol: 'm3u8' }) ?? '', () => undefined);
  const output = await buffer(download.output);
  expect((await download.program.outcome).kind, url).toBe('failed');
  expect(output.includes(secret), url).toBe(false);
  await rm(directory, { recursive: true });
}

describe('a media playlist', () => {
  const positions = {
    segment: (url: string) => mediaPlaylist(segment(url)),
    key: (url: string) => mediaPlaylist(`#EXT-X-KEY:METHOD=AES-128,URI="${url}"`, goodSegment()),
    map: (url: string) => mediaPlaylist(`#EXT-X-MAP:URI="${url}"`, goodSegment()),
  };
  test.each(Object.entries(positions))(
    'with a %s of any scheme: the job fails and opens no connection',
    async (position, text) => {
      const urls = schemes.flatMap(hostileUrls);
      await downloadEach(urls.map((url, index) => origin.text(`/${position}${index}.m3u8`, PLAYLIST, text(url))));
      expect(await attack(origin.text(`/${position}.m3u8`, PLAYLIST, text(canary.url('ftp'))))).not.toBe('ready');
      expect(canary.contacts()).toBe(0);
    },
    400_000,
  );

  test('with segments that redirect to other schemes: the download fails and opens no connection', async () => {
    const urls = ['ftp', 'tcp', 'gopher', 'rtmp'].map((scheme) => canary.url(scheme)).concat(`file://${secretFile}`);
    const playlists = urls.map((url, index) => {
      const redirecting = origin.behave(`/redirect${index}.ts`, { kind: 'redirect', to: url });
      return origin.text(`/redirect${index}.m3u8`, PLAYLIST, mediaPlaylist(segment(redirecting)));
    });
    await downloadEach(playlists);
    expect(canary.contacts()).toBe(0);
  });

  test('encrypted with AES-128: is decrypted, with progress, and becomes ready', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-aes-'));
    await writeFile(path.join(folder, 'key'), randomBytes(16));
    await writeFile(path.join(folder, 'key-info'), `key\n${path.join(folder, 'key')}\n`);
    const input = path.join(await makeFixtures(), fixturePaths.mp4);
    const hls = ['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_key_info_file', 'key-info'];
    await run('ffmpeg', ['-v', 'error', '-i', input, '-c', 'copy', ...hls, 'index.m3u8'], { cwd: folder });
    const encrypted = await createOriginServer({ root: folder, bytesPerSecond: 80_000 }); // takes longer than the stall limit
    const slowRig = await createPipelineRig({ allow: [encrypted.hostPort], stallSeconds: 3 });
    try {
      const record = createRecord();
      const job = { id: 'aes', mediaId: 'aes', url: `${encrypted.url}/index.m3u8` };
      const facts = await slowRig.run({ ...job, type: 'video', quality: 'best' }, record, AbortSignal.timeout(90_000));
      expect(Math.abs((facts?.durationSeconds ?? 0) - 10)).toBeLessThan(0.5);
      expect(record.progress.filter(({ bytes }) => bytes > 0).length).toBeGreaterThan(2);
      expect(encrypted.requests.filter((request) => request.path === '/key')).toHaveLength(1);
    } finally {
      await slowRig.close();
      await encrypted.close();
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});

test('a DASH manifest with a BaseURL of any scheme: the job fails and opens no connection', async () => {
  const representations = schemes.flatMap(hostileUrls).map(
    (url, index) => `<Representation id="r${index}" bandwidth="900000" width="640" height="360" codecs="avc1.64001e">
      <BaseURL>${url}/</BaseURL><SegmentTemplate media="$Number$.m4s" initialization="init.m4s" duration="2" startNumber="1"/>
    </Representation>`,
  );
  const manifest = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S">
    <Period><AdaptationSet mimeType="video/mp4">${representations.join('')}</AdaptationSet></Period></MPD>`;
  expect(await attack(origin.text('/hostile.mpd', 'application/dash+xml', manifest))).not.toBe('ready');
  expect(canary.contacts()).toBe(0);
});

test('a thumbnail of any scheme: the item is ready without it, and no connection is opened for it', async () => {
  const urls = schemes.flatMap(hostileUrls);
  for (const url of urls) await expect(rig.fetchBytes(url), url).rejects.toThrow();
  const page = origin.page('/thumbnail', { title: 'A clip', media: fixturePaths.mp4, thumbnail: canary.url('ftp') });
  expect(await attack(page)).toBe('ready');
  expect(canary.contacts()).toBe(0);
});
