import { createDecipheriv } from 'node:crypto';
import type { FetchBytes } from '../run/job-egress.ts';
import type { LiveKey, LiveSegment } from './live-playlist.ts';

/** A live source: the media playlist of one format, and the headers with which the site wants it to be fetched. */
export interface LiveSource {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LiveFetchOptions {
  readonly fetchBytes: FetchBytes;
  readonly headers: LiveSource['headers'];
  readonly signal: AbortSignal;
}

/** Fetches the segments of a live source. */
export interface SegmentFetch {
  /** @returns the bytes, decrypted; undefined when the source does not give them. */
  fetch(segment: LiveSegment): Promise<Buffer | undefined>;
  /** @returns the initialisation section; undefined as above. */
  fetchMap(url: string): Promise<Buffer | undefined>;
}

/** Twelve seconds of a picture in 4K. */
const MAX_SEGMENT_BYTES = 64e6;
const MAX_MAP_BYTES = 4e6;
const KEY_BYTES = 16;
const FETCH_MS = 30_000;

export function createSegmentFetch(options: LiveFetchOptions): SegmentFetch {
  let latestKey: { readonly url: string; readonly bytes: Buffer } | undefined;

  const keyOf = async ({ url }: LiveKey): Promise<Buffer | undefined> => {
    if (latestKey?.url === url) return latestKey.bytes;
    const bytes = await fetchWhole(url, KEY_BYTES, options);
    if (bytes?.length !== KEY_BYTES) return undefined;
    latestKey = { url, bytes };
    return bytes;
  };
  return {
    fetchMap: (url) => fetchWhole(url, MAX_MAP_BYTES, options),
    async fetch(segment) {
      const bytes = await fetchWhole(segment.url, MAX_SEGMENT_BYTES, options);
      if (!bytes || !segment.key) return bytes;
      const key = await keyOf(segment.key);
      return key && decrypt(bytes, key, segment.key.iv ?? segment.sequence.toString(16).padStart(32, '0'));
    },
  };
}

/** @returns undefined for any failure but the reason of the signal. */
export async function fetchWhole(
  url: string,
  maxBytes: number,
  { fetchBytes, headers, signal }: LiveFetchOptions,
): Promise<Buffer | undefined> {
  const answer = await fetchBytes(url, { headers, maxBytes, timeoutMs: FETCH_MS, signal }).catch(() => undefined);
  signal.throwIfAborted();
  return answer?.status === 200 && answer.isWhole && answer.body.length > 0 ? answer.body : undefined;
}

/** @returns undefined when the bytes were not encrypted with the key. */
function decrypt(bytes: Buffer, key: Buffer, iv: string): Buffer | undefined {
  const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(iv, 'hex'));
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    return undefined; // wrong padding, or no whole blocks
  }
}
