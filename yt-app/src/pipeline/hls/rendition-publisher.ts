import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import type PQueue from 'p-queue';
import { pictureLimit } from '../limits/picture-size.ts';
import type { InitSection } from './init-section.ts';
import type { MasterEntry } from './master-playlist.ts';
import { renderMediaPlaylist, type PlaylistState } from './media-playlist.ts';
import { createRenditionReader, type RenditionReader } from './rendition-reader.ts';
import { bitRates, joinSegments, totalSeconds, type Segment } from './segment.ts';

/** A rendition whose handling is decided. */
export interface ChosenRendition {
  /** File name stem, unique in the item. */
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly handling: 'copied' | 'encoded';
}

/** Publishes a rendition while ffmpeg writes it: keeps a playlist for players that lists only what is whole on the disk. */
export interface RenditionPublisher {
  readonly rendition: ChosenRendition;
  /**
   * Reads what ffmpeg has written, and writes the playlist when there is more to list.
   *
   * @throws {Problem} too-large when the picture has more pixels than the limit.
   */
  refresh(): Promise<void>;
  /** Lists all segments, still without ENDLIST. Called when ffmpeg has ended. */
  flush(): Promise<void>;
  /** Writes the final playlist, durably. Called after verification. */
  complete(): Promise<void>;
  readonly segments: readonly Segment[];
  readonly seconds: number;
  /** The description for the master playlist; undefined until a segment is listed. */
  masterEntry(announcedBitsPerSecond: number | null): MasterEntry | undefined;
}

export interface RenditionLocation {
  /** The directory of the item's files, which may be moved while they grow. */
  readonly mediaDirectory: string;
  /** ffmpeg's own playlist is in it. */
  readonly workDirectory: string;
  readonly maxHeight: number;
  /** Of a live source: its playlists have no start, and its segments are listed as they come. */
  readonly live?: { readonly targetSeconds: number };
}

/** The folders of a rendition's files, and the queue of what reads and writes them by their paths. */
export interface PublisherLocation extends RenditionLocation {
  readonly fileAccess: Pick<PQueue, 'add'>;
}

/** The segments of a live source are listed at about this part of the length that they have there: they add little delay. */
const LIVE_JOINED = 0.6;

export function createRenditionPublisher(rendition: ChosenRendition, location: PublisherLocation): RenditionPublisher {
  const file = `${rendition.name}.mp4`;
  const { live } = location;
  const inItem = (name: string): string => path.join(location.mediaDirectory, name);
  const reader = createRenditionReader({
    mediaFile: () => inItem(file),
    playlistFile: path.join(location.workDirectory, `${rendition.name}.m3u8`),
    limit: pictureLimit(location.maxHeight),
    ...(live ? { leastTargetSeconds: live.targetSeconds } : {}),
  });
  // A refresh that begins earlier and ends later than another would bring back an older playlist.
  const turns = location.fileAccess;
  let state: PlaylistState = 'growing';
  let listed = 0;

  const write = async (isComplete: boolean): Promise<void> => {
    const { init, list } = reader;
    if (!init || list.segments.length === 0) return;
    const joined = live ? { joinedSeconds: live.targetSeconds * LIVE_JOINED } : {};
    const segments = joinSegments(list.segments, { maxSeconds: list.targetSeconds, isComplete, ...joined });
    if (state === 'growing' && segments.length === listed) return;
    const map = { offset: 0, length: init.bytes };
    const text = renderMediaPlaylist(
      file,
      { map, segments },
      {
        ...{ state, targetSeconds: list.targetSeconds, isLive: live !== undefined },
        isIndependent: isIndependent(rendition, reader, state),
      },
    );
    // A worker that has lost its claim cannot write there: the next one has taken its work folder.
    const options = { durable: state === 'verified', temporaryFolder: location.workDirectory };
    await writeFileAtomic(inItem(`${rendition.name}.m3u8`), text, options);
    listed = segments.length;
  };

  return {
    rendition,
    refresh: () =>
      turns.add(async () => {
        if (await reader.read()) await write(false);
      }),
    flush: () =>
      turns.add(async () => {
        await reader.read();
        await write(true);
      }),
    complete: () =>
      turns.add(async () => {
        state = 'verified';
        await write(true);
      }),
    segments: reader.list.segments,
    get seconds() {
      return totalSeconds(reader.list.segments);
    },
    masterEntry(announcedBitsPerSecond) {
      const { init, list } = reader;
      if (!init || listed === 0) return undefined;
      const entry = masterEntryOf(rendition, init, list.segments, announcedBitsPerSecond);
      return { ...entry, isIndependent: isIndependent(rendition, reader, state) };
    },
  };
}

/** Known of a copied picture at the end only: its key frames may be so far apart that a segment is cut between them. */
function isIndependent({ kind, handling }: ChosenRendition, { list }: RenditionReader, state: PlaylistState): boolean {
  return kind === 'audio' || handling === 'encoded' || (state === 'verified' && !list.isCut);
}

/** Describes a rendition for the master playlist. */
export function masterEntryOf(
  { name, kind }: Pick<ChosenRendition, 'name' | 'kind'>,
  { codecs, width, height }: InitSection,
  segments: readonly Segment[],
  announcedBitsPerSecond: number | null,
): Omit<MasterEntry, 'isIndependent'> {
  const { peak, average } = bitRates(segments);
  return {
    name,
    kind,
    codecs,
    width,
    height,
    peakBitsPerSecond: Math.max(peak, announcedBitsPerSecond ?? 0),
    averageBitsPerSecond: average,
  };
}
