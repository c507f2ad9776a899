import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isProblem, mediaMarker, type MediaType } from '@linkcast/contracts';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_MEMORY_BYTES } from '../../src/pipeline/programs/ytdlp-confinement.ts';
import { watchPeakMemory } from './peak-memory.ts';
import { createPipelineRig, type PipelineRig } from './pipeline-rig.ts';
import { createRecord } from './record.ts';

let origin: OriginServer;
let rig: PipelineRig;
let count = 0;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  rig = await createPipelineRig({ allow: [origin.hostPort] });
});
afterAll(async () => {
  await rig.close();
  await origin.close();
});

function bringIn(url: string, type: MediaType = 'video') {
  count += 1;
  const id = `item${count}`;
  const record = createRecord();
  const run = rig.run({ id, mediaId: id, url, type, quality: 'best' }, record, AbortSignal.timeout(60_000));
  return { record, run, directory: path.join(rig.mediaDir, id) };
}

async function problemOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  return isProblem(error) ? error.code : String(error);
}

describe('a source of one kind', () => {
  test.each([
    ['H.264 and AAC apart (DASH)', fixturePaths.dash, { v720: 'copied', audio: 'copied', v360: 'copied' }],
    ['an MP4 with its index at the start', fixturePaths.mp4, { video: 'copied', audio: 'copied' }],
    ['an MP4 with its index at the end', fixturePaths.mp4IndexAtEnd, { video: 'copied', audio: 'copied' }],
    ['MPEG-TS segments (HLS)', fixturePaths.hls, { video: 'copied', audio: 'copied' }],
    ['H.264 of 10 bits', fixturePaths.mp4TenBit, { video: 'encoded', audio: 'copied' }],
    ['VP9 and Opus', fixturePaths.webm, { video: 'encoded', audio: 'encoded' }],
    ['sound alone, requested as a video', fixturePaths.m4a, { audio: 'copied' }],
  ])('%s: becomes renditions that every browser plays, copied where possible', async (_name, source, handling) => {
    const { record, run, directory } = bringIn(origin.url + source);
    const facts = await run;

    expect(
      Object.fromEntries(facts?.renditions.map((rendition) => [rendition.name, rendition.handling]) ?? []),
    ).toEqual(handling);
    expect(record.states).toEqual(['downloading', 'converting', 'verifying']);
    for (const { name, codecs } of facts?.renditions ?? []) {
      expect(codecs).toMatch(/^(avc1\.[0-9a-f]{6}|mp4a\.40\.2)$/);
      const playlist = HLS.parse(await readFile(path.join(directory, `${name}.m3u8`), 'utf8'));
      expect(playlist).toMatchObject({ isMasterPlaylist: false, endlist: true, playlistType: 'VOD' });
    }
    const master = HLS.parse(await readFile(path.join(directory, 'index.m3u8'), 'utf8'));
    expect(master).toMatchObject({ isMasterPlaylist: true });
  });

  test('an MP3 requested as audio: becomes a tagged MP3 of 44.1 kHz stereo at 192 kbit/s, without its source', async () => {
    const { run, directory } = bringIn(origin.url + fixturePaths.mp3, 'audio');
    const facts = await run;
    expect(facts).toMatchObject({ hasFile: true, handling: 'encoded' });
    const file = path.join(directory, 'audio.mp3');
    const { stdout } = await probe(file);
    expect(JSON.parse(stdout)).toMatchObject({
      streams: [{ codec_name: 'mp3', sample_rate: '44100', channels: 2, bit_rate: '192000' }],
      format: { tags: { title: 'song' } },
    });
    expect(JSON.parse(stdout)).not.toHaveProperty('format.tags.comment');
    expect(await readFile(file, 'latin1')).not.toContain(origin.hostPort); // a shared MP3 does not reveal its source
  });

  test('AAC requested as audio: is reported as encoded from the moment it is playable', async () => {
    const { record, run } = bringIn(origin.url + fixturePaths.m4a, 'audio');
    expect(await run).toMatchObject({ handling: 'encoded', renditions: [{ name: 'audio', handling: 'copied' }] });
    expect(record.whenPlayable).toMatchObject({ handling: 'encoded', hasFile: false });
  });

  test('DASH over a slow connection: is playable before most of it has arrived, and its playlist only grows', async () => {
    origin.throttle(300_000);
    try {
      const seen: string[] = [];
      const { record, run, directory } = bringIn(origin.url + fixturePaths.dash);
      const watching = setInterval(
        () =>
          void readFile(path.join(directory, 'v720.m3u8'), 'utf8').then(
            (text) => seen.push(text),
            () => undefined,
          ),
        150,
      );
      await run.finally(() => clearInterval(watching));

      expect(record.whenPlayable?.bytes).toBeLessThan(1_500_000);
      const growing = seen.filter((text) => !text.includes('#EXT-X-ENDLIST'));
      expect(growing.length).toBeGreaterThan(3);
      for (const [index, text] of growing.entries()) expect(text.startsWith(growing[index - 1] ?? '')).toBe(true);
      expect(record.progress.at(-1)?.bytes).toBeGreaterThan(0);
    } finally {
      origin.throttle(undefined);
    }
  });
});

describe('a source that is not media, or fails', () => {
  const html = { kind: 'body', contentType: 'video/mp4', body: '<!doctype html><title>Hello</title>' } as const;
  const playlist = {
    kind: 'body',
    contentType: 'video/mp4',
    body: '#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  } as const;

  test.each([
    ['a web page served as video', html, 'source-not-media'],
    ['a playlist served as an MP4', playlist, 'source-not-media'],
    ['a 404 answer', { kind: 'status', status: 404 }, 'source-not-found'],
    ['a 403 answer', { kind: 'status', status: 403 }, 'source-refused'],
    ['a 429 answer', { kind: 'status', status: 429 }, 'source-rate-limited'],
    ['a 500 answer', { kind: 'status', status: 500 }, 'source-unreachable'],
    [
      'a file that ends early, with the length that is sent',
      { kind: 'truncate', afterBytes: 400_000, contentLength: 'sent' },
      'source-truncated',
    ],
  ] as const)('%s: fails with its own problem and leaves no file', async (_name, behaviour, expected) => {
    const url = origin.behave(fixturePaths.mp4, behaviour);
    try {
      const { run, directory } = bringIn(url);
      expect(await problemOf(run)).toBe(expected);
      await expect(readdir(directory)).rejects.toThrow('ENOENT');
      expect(await readdir(path.join(rig.mediaDir, '.work'))).toEqual([]);
    } finally {
      origin.behaveWell();
    }
  });

  test.each([
    [404, 'source-not-found'],
    [403, 'source-refused'],
    [429, 'source-rate-limited'],
    [503, 'source-unreachable'],
  ] as const)('segments that are answered %i: fail with the same problem as a file', async (status, expected) => {
    const segments = path.posix.join(path.posix.dirname(fixturePaths.hls), 'index0*');
    origin.behave(segments, { kind: 'status', status });
    try {
      expect(await problemOf(bringIn(origin.url + fixturePaths.hls).run)).toBe(expected);
    } finally {
      origin.behaveWell();
    }
  });

  test('a web page without media: fails as unsupported', async () => {
    const { run } = bringIn(origin.text('/page', 'text/html', '<!doctype html><title>Hello</title><p>Nothing here'));
    expect(await problemOf(run)).toBe('source-unsupported');
  });

  test('an endless web page: fails as too large within the memory limit', { timeout: 90_000 }, async () => {
    const url = origin.text('/endless.html', 'text/html', '<!doctype html><title>Hello</title>');
    origin.behave('/endless.html', { kind: 'endless' });
    const memory = watchPeakMemory(rig.mediaDir);
    expect(await problemOf(bringIn(url).run)).toBe('too-large');
    const peakBytes = await memory.stop();
    expect(peakBytes).toBeGreaterThan(MAX_MEMORY_BYTES / 10); // yt-dlp was measured with the page in its memory
    expect(peakBytes).toBeLessThan(MAX_MEMORY_BYTES + 100e6); // the limit does not count mapped files
  });

  test('a source that stalls: fails as stalled within the limit', async () => {
    const stallingRig = await createPipelineRig({ allow: [origin.hostPort], stallSeconds: 3 });
    try {
      const url = origin.behave(fixturePaths.mp4, { kind: 'stall', afterBytes: 350_000 });
      const run = stallingRig.run(
        { id: 'stalled', mediaId: 'stalled', url, type: 'video', quality: 'best' },
        createRecord(),
        AbortSignal.timeout(60_000),
      );
      expect(await problemOf(run)).toBe('source-stalled');
    } finally {
      origin.behaveWell();
      await stallingRig.close();
    }
  });
});

test('a page with two videos: the first is downloaded, with a shortened title on one line', async () => {
  const videos = [fixturePaths.mp3, fixturePaths.mp4].map((file) => `<video src="${file}"></video>`).join('');
  const url = origin.text('/two', 'text/html', `<!doctype html><title>Two\u202e\n${'x'.repeat(5000)}</title>${videos}`);
  expect((await bringIn(url).run)?.title).toMatch(/^Two x{296}$/);
});

test('a page that states a longer duration than the file: the duration of the file is used', async () => {
  const page = origin.page('/boast', {
    title: 'Boast',
    media: `${origin.url}${fixturePaths.mp4}`,
    durationSeconds: 25,
  });
  expect(await bringIn(page).run).toMatchObject({ durationSeconds: 10 });
});

test('a connection that breaks in the middle: the download continues where it broke', async () => {
  const url = origin.behave(fixturePaths.mp4, { kind: 'truncate', afterBytes: 400_000, contentLength: 'whole' });
  const before = origin.requests.length;
  try {
    const facts = await bringIn(url).run;
    expect(facts).toMatchObject({ handling: 'copied', durationSeconds: 10 });
    const starts = origin.requests.slice(before).map(({ headers }) => rangeStart(headers.range));
    expect(starts.at(-1)).toBeGreaterThan(0);
    // What was sent and had not arrived when the connection broke is requested again.
    for (const [index, start] of starts.slice(1).entries()) {
      const previous = starts[index] ?? 0;
      expect(start).toBeGreaterThanOrEqual(previous);
      expect(start).toBeLessThanOrEqual(previous + 400_000);
    }
  } finally {
    origin.behaveWell();
  }
});

test('a job whose directory exists: is refused, and the files of the item stay', async () => {
  const directory = path.join(rig.mediaDir, 'taken');
  await mkdir(directory);
  await writeFile(path.join(directory, 'audio.mp3'), 'sound');
  const job = {
    id: 'taken',
    mediaId: 'taken',
    url: origin.url + fixturePaths.mp4,
    type: 'video',
    quality: 'best',
  } as const;
  await expect(rig.run(job, createRecord(), AbortSignal.timeout(60_000))).rejects.toThrow('exists already');
  expect(await readFile(path.join(directory, 'audio.mp3'), 'utf8')).toBe('sound');
  await rm(directory, { recursive: true });
});

describe('limits', () => {
  test.each([
    ['longer than MAX_DURATION', fixturePaths.dash, { maxDurationSeconds: 5 }, 'too-long'],
    ['larger than MAX_SIZE, which it announces', fixturePaths.dash, { maxBytes: 100_000 }, 'too-large'],
    ['larger than MAX_SIZE, which it does not announce', fixturePaths.hls, { maxBytes: 300_000 }, 'too-large'],
  ])('a source %s: is refused and leaves no file', async (_name, source, limits, expected) => {
    const strict = await createPipelineRig({ allow: [origin.hostPort], limits });
    origin.throttle(expected === 'too-large' ? 150_000 : undefined);
    try {
      const run = strict.run(
        { id: 'job', mediaId: 'strict', url: origin.url + source, type: 'video', quality: 'best' },
        createRecord(),
        AbortSignal.timeout(60_000),
      );
      expect(await problemOf(run)).toBe(expected);
      expect(await readdir(strict.mediaDir)).toEqual([mediaMarker, '.work']);
    } finally {
      origin.throttle(undefined);
      await strict.close();
    }
  });

  test('an aborted run: leaves no program and no file when it rejects', async () => {
    origin.throttle(200_000);
    const abort = new AbortController();
    try {
      const record = createRecord({ onPlayable: () => abort.abort(new Error('enough')) });
      const run = rig.run(
        {
          id: 'aborted',
          mediaId: 'aborted',
          url: origin.url + fixturePaths.dash,
          type: 'video',
          quality: 'best',
        },
        record,
        abort.signal,
      );
      await expect(run).rejects.toThrow('enough');
      expect(await rig.programs()).toEqual([]);
      expect(await readdir(rig.mediaDir)).not.toContain('aborted');
    } finally {
      origin.throttle(undefined);
    }
  });
});

/** The first byte that a request with this Range header wants: 0 without one. */
function rangeStart(range = 'bytes=0-'): number {
  return Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? Number.NaN);
}

function probe(file: string) {
  return runProgram({
    file: 'ffprobe',
    args: ['-v', 'error', '-select_streams', 'a', '-show_streams', '-show_format', '-of', 'json', file],
    env: minimalEnvironment('/tmp'),
  });
}
