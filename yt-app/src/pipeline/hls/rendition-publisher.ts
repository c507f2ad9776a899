import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import { readInitSection, type InitSection } from './init-section.ts';
import type { MasterEntry } from './master-playlist.ts';
import { pictureLimit, refuseTooManyPixels } from '../limits/picture-size.ts';
import {
  bitRates,
  correctMap,
  joinSegments,
  parsePlaylist,
  renderPlaylist,
  totalSeconds,
  wholeSegments,
  type ByteRange,
  type Segment,
} from './playlist.ts';
import { createSegmentList } from './segment-list.ts';

/** How one rendition is made of one stream. */
export interface RenditionOutput {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  readonly handling: 'copied' | 'encoded';
}

/** Shows a growing rendition to players: reads ffmpeg's private playlist, lists what is whole on the disk. */
export interface RenditionPublisher {
  readonly rendition: RenditionOutput;
  /** Looks once; writes the visible playlist when there is more to show. Rejects with too-large for a picture beyond all measure. */
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
  where: { mediaDirectory: string; workDirectory: string; maxHeight: number },
): RenditionPublisher {
  const file = `${rendition.name}.mp4`;
  const mediaFile = path.join(where.mediaDirectory, file);
  const visiblePlaylist = path.join(where.mediaDirectory, `${rendition.name}.m3u8`);
  const privatePlaylist = path.join(where.workDirectory, `${rendition.name}.m3u8`);
  let seenVersion = '';
  let init: InitSection | undefined;
  const list = createSegmentList(mediaFile);
  let listed = 0;
  let state: 'growing' | 'verified' = 'growing';
  let turn: Promise<void> = Promise.resolve();

  /** One after the other: a look that began earlier and ends later would bring back what was. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    turn = turn.then(act, act); // whoever asked for the one before has its failure
    return turn;
  };

  /** A copied picture may still have key frames so far apart that a segment has to be cut between them. */
  const isIndependent = (): boolean =>
    rendition.kind === 'audio' || rendition.handling === 'encoded' || (state === 'verified' && !list.isCut);

  const write = async (isComplete: boolean): Promise<void> => {
    if (!init) return;
    const { targetSeconds } = list;
    const segments = joinSegments(list.segments, targetSeconds, isComplete);
    if (state === 'growing' && segments.length === listed) return;
    const map = { offset: 0, length: init.bytes };
    const text = renderPlaylist(file, { map, segments }, { state, targetSeconds, isIndependent: isIndependent() });
    await writeFileAtomic(visiblePlaylist, text, { durable: state === 'verified' });
    listed = segments.length;
  };

  const refresh = async (isComplete: boolean): Promise<void> => {
    const version = await versionOf(privatePlaylist);
    if (version === undefined || (version === seenVersion && !isComplete)) return;
    const index = parsePlaylist(await readFile(privatePlaylist, 'utf8'));
    const { size } = await stat(mediaFile);
    if (!index || size < index.map.offset + index.map.length) return;
    init ??= await readInit(mediaFile, index.map);
    if (!init) return;
    refuseTooManyPixels(init, pictureLimit(where.maxHeight));
    const { segments } = correctMap(index, init.bytes);
    const whole = wholeSegments(segments, size);
    await list.take(whole, init.timescale);
    if (list.segments.length > 0) await write(isComplete);
    if (whole.length === segments.length) seenVersion = version; // else the rest is on its way to the disk
  };

  const complete = async (): Promise<void> => {
    state = 'verified';
    await write(true);
  };

  return {
    rendition,
    refresh: () => inTurn(() => refresh(false)),
    flush: () => inTurn(() => refresh(true)),
    complete: () => inTurn(complete),
    segments: list.segments,
    get seconds() {
      return totalSeconds(list.segments);
    },
    masterEntry(announcedBitsPerSecond) {
      if (!init || listed === 0) return undefined;
      const { peak, average } = bitRates(list.segments);
      return {
        name: rendition.name,
        kind: rendition.kind,
        codecs: init.codecs,
        width: init.width,
        height: init.height,
        peakBitsPerSecond: Math.max(peak, announcedBitsPerSecond ?? 0),
        averageBitsPerSecond: average,
        isIndependent: isIndependent(),
      };
    },
  };
}

/** Changes whenever the file does; undefined while there is none. */
async function versionOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined); // not written yet
  return found && `${found.mtimeNs}-${found.size}`;
}

async function readInit(mediaFile: string, map: ByteRange): Promise<InitSection | undefined> {
  const handle = await open(mediaFile, 'r');
  try {
    return await readInitSection(handle, map);
  } finally {
    await handle.close();
  }
}
