import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import { readInitSection, type InitSection } from './init-section.ts';
import type { MasterEntry } from './master-playlist.ts';
import {
  bitRates,
  joinSegments,
  parsePlaylist,
  renderPlaylist,
  totalSeconds,
  wholeSegments,
  type ByteRange,
  type FileIndex,
  type Segment,
} from './playlist.ts';
import type { RenditionOutput } from './rendition-arguments.ts';

/** Shows a growing rendition to players: reads ffmpeg's private playlist, lists what is whole on the disk. */
export interface RenditionPublisher {
  readonly rendition: RenditionOutput;
  /** Looks once; writes the visible playlist when there is more to show. */
  refresh(): Promise<void>;
  /** Lists everything, joined to the end; still without ENDLIST. */
  flush(): Promise<void>;
  /** Writes the final playlist, durably. Only after verification. */
  complete(): Promise<void>;
  readonly segments: readonly Segment[];
  readonly seconds: number;
  /** The description for the master playlist, once there is a segment to play. */
  masterEntry(announcedBitsPerSecond: number | null): MasterEntry | undefined;
}

export function createRenditionPublisher(
  rendition: RenditionOutput,
  where: { mediaDirectory: string; workDirectory: string },
): RenditionPublisher {
  const file = `${rendition.name}.mp4`;
  const mediaFile = path.join(where.mediaDirectory, file);
  const visiblePlaylist = path.join(where.mediaDirectory, `${rendition.name}.m3u8`);
  const privatePlaylist = path.join(where.workDirectory, `${rendition.name}.m3u8`);
  let seenVersion = '';
  let map: ByteRange | undefined;
  let init: InitSection | undefined;
  let segments: Segment[] = [];
  let listed = 0;
  let turn: Promise<void> = Promise.resolve();

  /** One after the other: a look that began earlier and ends later would bring back what was. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    turn = turn.then(act, act); // whoever asked for the one before has its failure
    return turn;
  };

  const write = async (state: 'growing' | 'verified', isComplete: boolean): Promise<void> => {
    if (!map) return;
    const visible = joinSegments(segments, isComplete);
    if (state === 'growing' && visible.length === listed) return;
    await writeFileAtomic(visiblePlaylist, renderPlaylist(file, map, visible, state), {
      durable: state === 'verified',
    });
    listed = visible.length;
  };

  const refresh = async (isComplete: boolean): Promise<void> => {
    const version = await versionOf(privatePlaylist);
    if (version === undefined || (version === seenVersion && !isComplete)) return;
    seenVersion = version;
    const index = parsePlaylist(await readFile(privatePlaylist, 'utf8'));
    if (!index) return;
    segments = wholeSegments(index, (await stat(mediaFile)).size);
    if (segments.length === 0) return;
    map = index.map;
    init ??= await readInit(mediaFile, index);
    await write('growing', isComplete);
  };

  return {
    rendition,
    refresh: () => inTurn(() => refresh(false)),
    flush: () => inTurn(() => refresh(true)),
    complete: () => inTurn(() => write('verified', true)),
    get segments() {
      return segments;
    },
    get seconds() {
      return totalSeconds(segments);
    },
    masterEntry(announcedBitsPerSecond) {
      if (!init || listed === 0) return undefined;
      const { peak, average } = bitRates(segments);
      return {
        name: rendition.name,
        kind: rendition.kind,
        codecs: init.codecs,
        width: init.width,
        height: init.height,
        peakBitsPerSecond: Math.max(peak, announcedBitsPerSecond ?? 0),
        averageBitsPerSecond: average,
      };
    },
  };
}

/** Changes whenever the file does; undefined while there is none. */
async function versionOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined); // not written yet
  return found && `${found.mtimeNs}-${found.size}`;
}

async function readInit(mediaFile: string, index: FileIndex): Promise<InitSection | undefined> {
  const handle = await open(mediaFile, 'r');
  try {
    const init = Buffer.alloc(index.map.length);
    await handle.read(init, 0, init.length, index.map.offset);
    return readInitSection(init);
  } finally {
    await handle.close();
  }
}
