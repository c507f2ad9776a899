import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { parsePlaylist } from '../../pipeline/hls/byte-range-playlist.ts';
import { readInitSection } from '../../pipeline/hls/init-section.ts';
import type { MasterEntry } from '../../pipeline/hls/master-playlist.ts';
import { bitRates, totalSeconds, wholeSegments, type FileIndex } from '../../pipeline/hls/segment.ts';
import { readRegularFile } from '../files/regular-file.ts';

/** A rendition as its own files describe it. */
export interface RecoveredRendition {
  readonly master: MasterEntry;
  readonly seconds: number;
  /** Size of its MP4 file. */
  readonly bytes: number;
}

const END = '\n#EXT-X-ENDLIST\n';
/** A longer initialisation section means that its length is damaged. */
const MAX_INIT_BYTES = 16_000_000;

/** Reports whether a playlist was completed: its end is written after verification only. */
export function isCompletePlaylist(text: string): boolean {
  return text.startsWith('#EXTM3U\n') && text.endsWith(END);
}

/**
 * Reads a rendition from its playlist and the initialisation section of its MP4, without a decoder.
 *
 * @param name file name stem: `v1080`, `audio`.
 * @returns undefined when the playlist is not complete, lists what is not in the file, or the codec is not ours.
 */
export async function recoverRendition(directory: string, name: string): Promise<RecoveredRendition | undefined> {
  const text = await readRegularFile(path.join(directory, `${name}.m3u8`));
  const index = parsePlaylist(text);
  if (!index || !isCompletePlaylist(text) || !listsOnly(`${name}.mp4`, text)) return undefined;
  const handle = await openMedia(path.join(directory, `${name}.mp4`));
  try {
    const stats = await handle?.stat();
    if (!handle || !stats?.isFile() || !isWhole(index, stats.size)) return undefined;
    const init = await readInitSection(handle, index.map);
    if (!init) return undefined;
    const { peak, average } = bitRates(index.segments);
    const master: MasterEntry = {
      name,
      kind: init.height === null ? 'audio' : 'video',
      codecs: init.codecs,
      width: init.width,
      height: init.height,
      peakBitsPerSecond: peak,
      averageBitsPerSecond: average,
      isIndependent: text.includes('\n#EXT-X-INDEPENDENT-SEGMENTS\n'),
    };
    return { master, seconds: totalSeconds(index.segments), bytes: stats.size };
  } finally {
    await handle?.close();
  }
}

function listsOnly(file: string, playlist: string): boolean {
  const uris = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return uris.every((uri) => uri === file);
}

function isWhole({ map, segments }: FileIndex, fileBytes: number): boolean {
  const hasInit = map.length <= MAX_INIT_BYTES && map.offset + map.length <= fileBytes;
  return hasInit && segments.length > 0 && wholeSegments(segments, fileBytes).length === segments.length;
}

/** Undefined when there is no such file, or a symbolic link in its place. */
async function openMedia(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
}
