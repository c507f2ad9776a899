import { readFile, stat } from 'node:fs/promises';
import { refuseTooManyPixels, type PictureLimit } from '../limits/picture-size.ts';
import { correctMap, parsePlaylist } from './byte-range-playlist.ts';
import { readInitSection, type InitSection } from './init-section.ts';
import { withFile } from './media-file.ts';
import { createSegmentList, type SegmentList } from './segment-list.ts';
import { wholeSegments } from './segment.ts';

/** Reads a rendition that ffmpeg is writing: its media file, and the playlist that ffmpeg keeps for itself. */
export interface RenditionReader {
  /**
   * Appends the segments that have become whole to the list.
   *
   * @returns true when ffmpeg's playlist has changed since it was last read completely.
   * @throws {Problem} too-large when the picture has more pixels than the limit.
   */
  read(): Promise<boolean>;
  /** Undefined until ffmpeg has written it. */
  readonly init: InitSection | undefined;
  readonly list: SegmentList;
}

export interface RenditionReaderOptions {
  /** Returns the path of the MP4, which may be moved while it grows. */
  readonly mediaFile: () => string;
  /** The playlist of ffmpeg. */
  readonly playlistFile: string;
  readonly limit: PictureLimit;
  /** The least target duration. Default: that of a recorded source. */
  readonly leastTargetSeconds?: number;
}

export function createRenditionReader(options: RenditionReaderOptions): RenditionReader {
  const { mediaFile, playlistFile, limit, leastTargetSeconds } = options;
  const list = createSegmentList(mediaFile, leastTargetSeconds);
  let init: InitSection | undefined;
  /** Of the playlist of which every segment is in the list. */
  let readVersion: string | undefined;

  return {
    list,
    get init() {
      return init;
    },
    async read() {
      const version = await versionOf(playlistFile);
      if (version === undefined || version === readVersion) return false;
      const index = parsePlaylist(await readFile(playlistFile, 'utf8'));
      const { size } = await stat(mediaFile());
      if (!index || size < index.map.offset + index.map.length) return false;
      init ??= await withFile(mediaFile(), (handle) => readInitSection(handle, index.map));
      if (!init) return false;
      refuseTooManyPixels(init, limit);
      const { segments } = correctMap(index, init.bytes);
      const whole = wholeSegments(segments, size);
      await list.append(whole, init.timescale);
      if (whole.length === segments.length) readVersion = version; // else ffmpeg has yet to write the others
      return true;
    },
  };
}

/** Changes whenever the file does; undefined while there is none. */
async function versionOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined); // not written yet
  return found && `${found.mtimeNs}-${found.size}`;
}
