import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { FetchBytes } from '../run/pipeline-run.ts';
import { writeSample } from '../hls/sample.ts';

export interface PosterOptions {
  readonly ffmpeg: Ffmpeg;
  readonly mediaDirectory: string;
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}

const MAX_THUMBNAIL_BYTES = 10e6;
const FETCH_MS = 5000;
const CONVERT_SECONDS = 15;
/** A picture as wide as a phone's screen or a card needs; never enlarged. */
const SCALE = ['-vf', "scale='min(1280,iw)':-2"];

/** The source's own picture as `poster.jpg`, always encoded anew by us. @returns its path, or null when there is none. */
export async function posterFromThumbnail(
  url: string | null | undefined,
  fetchBytes: FetchBytes,
  options: PosterOptions,
): Promise<string | null> {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  const thumbnail = await fetchBytes(url, {
    maxBytes: MAX_THUMBNAIL_BYTES,
    timeoutMs: FETCH_MS,
    signal: options.signal,
  }).catch(() => null); // a missing picture is no failure
  if (thumbnail?.status !== 200) return null;
  const file = path.join(options.workDirectory, 'thumbnail');
  await writeFile(file, thumbnail.body);
  return makePoster(file, options);
}

/** A frame of the first segment as `poster.jpg`. */
export async function posterFromRendition(
  publisher: RenditionPublisher,
  options: PosterOptions,
): Promise<string | null> {
  const first = publisher.segments[0];
  if (!first || publisher.rendition.kind !== 'video') return null;
  const sample = path.join(options.workDirectory, 'poster.mp4');
  await writeSample(sample, path.join(options.mediaDirectory, `${publisher.rendition.name}.mp4`), [
    { offset: 0, length: first.offset },
    first,
  ]);
  return makePoster(sample, options);
}

async function makePoster(
  input: string,
  { ffmpeg, mediaDirectory, workDirectory, signal }: PosterOptions,
): Promise<string | null> {
  const poster = path.join(mediaDirectory, 'poster.jpg');
  const program = ffmpeg.start({
    inputs: [{ target: `file:${input}`, options: [] }],
    outputs: [
      {
        target: poster,
        options: [
          '-map',
          '0:v:0',
          '-frames:v',
          '1',
          ...SCALE,
          '-pix_fmt',
          'yuvj420p',
          '-q:v',
          '4',
          '-map_metadata',
          '-1',
          '-f',
          'image2',
          '-update',
          '1',
        ],
      },
    ],
    directory: workDirectory,
    writable: [mediaDirectory],
    effort: 'decode',
    signal,
    wallSeconds: CONVERT_SECONDS,
  });
  const outcome = await program.outcome;
  const bytes = await stat(poster)
    .then((found) => found.size)
    .catch(() => 0); // not written
  return outcome.kind === 'finished' && bytes > 0 ? poster : null;
}
