import path from 'node:path';
import { parsePlaylist } from '../hls/byte-range-playlist.ts';
import type { ByteRange } from '../hls/segment.ts';
import { FileTooShort, openMediaFile, readRanges } from './media-bytes.ts';
import { withTimes, type TimedSegment } from './timed-segments.ts';

/** A published rendition, as its playlist describes it. */
export interface RenditionIndex {
  readonly init: ByteRange;
  readonly segments: readonly TimedSegment[];
  /** True when each segment begins with a key frame. */
  readonly isIndependent: boolean;
}

/** A playlist of 24 hours has some megabytes less. */
const MAX_PLAYLIST_BYTES = 16e6;

/** Reads the playlist of a published rendition. @throws {FileTooShort} when it lists nothing; the file system's error. */
export async function readRenditionIndex(directory: string, name: string): Promise<RenditionIndex> {
  const handle = await openMediaFile(path.join(directory, `${name}.m3u8`));
  try {
    const { size } = await handle.stat();
    const chunks: Buffer[] = [];
    for await (const chunk of readRanges(handle, [{ offset: 0, length: Math.min(size, MAX_PLAYLIST_BYTES) }]))
      chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const index = parsePlaylist(text);
    if (!index || index.segments.length === 0) throw new FileTooShort('the playlist lists nothing');
    const isIndependent = text.includes('\n#EXT-X-INDEPENDENT-SEGMENTS\n');
    return { init: index.map, segments: withTimes(index.segments), isIndependent };
  } finally {
    await handle.close();
  }
}
