import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeSample } from '../hls/media-file.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { FetchBytes } from '../run/job-egress.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';

export type PosterOptions = Pick<PipelineRun, 'ffmpeg' | 'mediaDirectory' | 'workDirectory' | 'signal'>;

const POSTER = 'poster.jpg';
const MAX_THUMBNAIL_BYTES = 10e6;
const FETCH_MS = 5000;
const CONVERT_SECONDS = 15;
/** As wide as a phone's screen or a card needs; never enlarged. */
const SCALE = "scale='min(1280,iw)':-2";

/**
 * Makes `poster.jpg` of the thumbnail of the source. The picture is always encoded again.
 *
 * @returns its path; null when the source has none, or it cannot be fetched or decoded.
 */
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
  }).catch(() => null); // the item does not need a thumbnail
  if (thumbnail?.status !== 200) return null;
  const file = path.join(options.workDirectory, 'thumbnail');
  await writeFile(file, thumbnail.body);
  return makePoster(file, options);
}

/** Makes `poster.jpg` of the poster of another item. @returns its path; null when it cannot be read or decoded. */
export function posterFromItem(mediaDir: string, mediaId: string, options: PosterOptions): Promise<string | null> {
  return makePoster(path.join(mediaDir, mediaId, POSTER), options);
}

/** Makes `poster.jpg` of a frame of the first segment. @returns its path; null when there is none. */
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
  const poster = path.join(mediaDirectory, POSTER);
  const program = ffmpeg.start({
    inputs: [{ target: `file:${input}`, options: [] }],
    outputs: [
      {
        target: poster,
        options: [
          ...['-map', '0:v:0', '-frames:v', '1', '-vf', SCALE, '-pix_fmt', 'yuvj420p', '-q:v', '4'],
          ...['-map_metadata', '-1', '-f', 'image2', '-update', '1'],
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
