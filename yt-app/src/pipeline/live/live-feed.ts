import { elapsedMs, pause } from '@linkcast/kit';
import type { FetchBytes } from '../run/job-egress.ts';
import type { LiveFile } from './live-file.ts';
import { parseLivePlaylist, type LivePlaylist, type LiveSegment } from './live-playlist.ts';
import type { LiveWindow } from './live-window.ts';
import {
  createSegmentFetch,
  fetchWhole,
  type LiveFetchOptions,
  type LiveSource,
  type SegmentFetch,
} from './segment-fetch.ts';

export interface FeedOptions {
  readonly file: LiveFile;
  readonly window: LiveWindow;
  readonly fetchBytes: FetchBytes;
  /** Seconds without a segment after which the source counts as lost. */
  readonly stallSeconds: number;
  /** Ends the feed at the next segment. */
  readonly stop: AbortSignal;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** `ended`: the source says so. `lost`: nothing comes, or nothing that can be added. `stopped`: the signal. */
export type FeedEnd = 'ended' | 'lost' | 'stopped';

/** A day of segments with long signed URLs. */
const MAX_PLAYLIST_BYTES = 20e6;
/** The playlist is read so many times in the time of a segment: that is the delay which the reading adds. */
const READS_PER_TARGET = 3;
const READ_MS = { least: 500, most: 3000 } as const;
/** Tries of one segment; then it is missing. */
const SEGMENT_TRIES = 3;
/** Failed reads in a row after which the address counts as expired. */
const PLAYLIST_TRIES = 5;

/** Adds the segments of a live source to the file until the source ends, is lost, or the feed is stopped. */
export async function feedLive(source: LiveSource, options: FeedOptions): Promise<FeedEnd> {
  const { stop, signal } = options;
  const request = { fetchBytes: options.fetchBytes, headers: source.headers, signal: AbortSignal.any([stop, signal]) };
  try {
    return await follow(source, request, options);
  } catch (error) {
    signal.throwIfAborted();
    if (stop.aborted) return 'stopped';
    throw error;
  }
}

/** Rejects when the signal of the request is aborted. */
async function follow(source: LiveSource, request: LiveFetchOptions, options: FeedOptions): Promise<FeedEnd> {
  const stallMs = options.stallSeconds * 1000;
  const fetcher = createSegmentFetch(request);
  let grownAt = elapsedMs();
  let failures = 0;
  for (;;) {
    const playlist = await readPlaylist(source, request);
    const added = playlist ? await addSegments(playlist, fetcher, options) : 'nothing';
    if (added === 'other-form') return 'lost';
    if (added === 'some') grownAt = elapsedMs();
    if (playlist?.isEnded) return 'ended';
    failures = playlist ? 0 : failures + 1;
    if (failures >= PLAYLIST_TRIES || elapsedMs() - grownAt > stallMs) return 'lost';
    await pause(readMs(playlist), request.signal);
    request.signal.throwIfAborted();
  }
}

/** Adds the new segments of a playlist. @returns `other-form` as {@link addSegment}. */
async function addSegments(
  playlist: LivePlaylist,
  fetcher: SegmentFetch,
  options: FeedOptions,
): Promise<'some' | 'nothing' | 'other-form'> {
  let result: 'some' | 'nothing' = 'nothing';
  for (const segment of options.window.newOf(playlist, elapsedMs() / 1000)) {
    const added = await addSegment(segment, fetcher, { ...options, targetSeconds: playlist.targetSeconds });
    if (added === 'other-form') return added;
    if (added === 'added') result = 'some';
    options.window.take(segment);
  }
  return result;
}

function readMs(playlist: LivePlaylist | undefined): number {
  const ms = ((playlist?.targetSeconds ?? 1) * 1000) / READS_PER_TARGET;
  return Math.min(READ_MS.most, Math.max(READ_MS.least, ms));
}

async function readPlaylist({ url }: LiveSource, request: LiveFetchOptions): Promise<LivePlaylist | undefined> {
  const body = await fetchWhole(url, MAX_PLAYLIST_BYTES, request);
  return body && parseLivePlaylist(body.toString(), url);
}

/** @returns `other-form` when the segment has another initialisation section than the file: it cannot follow. */
async function addSegment(
  segment: LiveSegment,
  fetcher: SegmentFetch,
  { file, signal, stop, targetSeconds }: FeedOptions & Pick<LivePlaylist, 'targetSeconds'>,
): Promise<'added' | 'missing' | 'other-form'> {
  const { sequence, map } = segment;
  const begun = file.place;
  if (begun && begun.map !== map) return 'other-form';
  for (let count = 1; count <= SEGMENT_TRIES; count += 1) {
    const init = map !== null && !begun ? await fetcher.fetchMap(map) : Buffer.alloc(0);
    const bytes = init && (await fetcher.fetch(segment));
    if (bytes) {
      const place = { sequence, map, targetSeconds: begun?.targetSeconds ?? targetSeconds };
      await file.append(Buffer.concat([init, bytes]), place);
      return 'added';
    }
    await pause(count * READ_MS.least, AbortSignal.any([signal, stop]));
  }
  return 'missing';
}
