import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import { renderMasterPlaylist, type MasterEntry } from '../hls/master-playlist.ts';
import type { PlaylistState } from '../hls/media-playlist.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { TrackPlan } from '../plan/track-plan.ts';

/** An item whose tracks are still arriving, and which players can open before they are whole. */
export interface GrowingItem {
  add(track: TrackPlan, publishers: readonly RenditionPublisher[]): void;
  /** Removes a track that failed and is not primary. */
  drop(track: TrackPlan): void;
  /** Refreshes the playlists of all renditions. Resolves to true from the moment when playback can start. */
  refresh(): Promise<boolean>;
  /** Writes the final playlists, with all renditions in the master playlist. Called after verification. */
  complete(): Promise<void>;
  /** True when all renditions of the track have a segment to play. */
  hasBegun(track: TrackPlan): boolean;
  /** True when {@link hasBegun} of all tracks but those that were removed. */
  haveAllBegun(): boolean;
  /** Seconds that can be played: the shortest of the primary tracks. */
  playableSeconds(): number;
  publishers(): RenditionPublisher[];
}

interface Member {
  readonly track: TrackPlan;
  readonly publishers: readonly RenditionPublisher[];
}

export function createGrowingItem({
  run,
  tracks,
  isLive = false,
  stored = [],
}: {
  run: Pick<PipelineRun, 'mediaDirectory' | 'workDirectory'>;
  tracks: readonly TrackPlan[];
  /** True for a live source, which is played from its end. */
  isLive?: boolean;
  /** Renditions of the library that the final master playlist lists, too. */
  stored?: readonly MasterEntry[];
}): GrowingItem {
  const members = new Map<TrackPlan, Member>();
  const dropped = new Set<TrackPlan>();
  let isPlayable = false;

  const publishers = (): RenditionPublisher[] => [...members.values()].flatMap((member) => member.publishers);
  const primaryMembers = (): Member[] => [...members.values()].filter((member) => member.track.primary);
  const hasBegun = (track: TrackPlan): boolean => {
    const member = members.get(track);
    return member !== undefined && entriesOf(member).length === member.publishers.length;
  };
  const canPlay = (): boolean => tracks.filter((track) => track.primary).every(hasBegun);

  return {
    add: (track, added) => void members.set(track, { track, publishers: added }),
    drop(track) {
      members.delete(track);
      dropped.add(track);
    },
    async refresh() {
      await Promise.all(publishers().map((publisher) => publisher.refresh()));
      if (isPlayable || !canPlay()) return isPlayable;
      await writeMasterPlaylist(run, primaryMembers().flatMap(entriesOf), { state: 'growing', isLive });
      isPlayable = true;
      return true;
    },
    async complete() {
      await Promise.all(publishers().map((publisher) => publisher.complete()));
      const entries = [...[...members.values()].flatMap(entriesOf), ...stored];
      await writeMasterPlaylist(run, entries, { state: 'verified', isLive });
    },
    hasBegun,
    haveAllBegun: () => tracks.every((track) => dropped.has(track) || hasBegun(track)),
    playableSeconds() {
      const [first, ...others] = primaryMembers().map((member) => longestSeconds(member.publishers));
      return others.reduce((least, seconds) => Math.min(least, seconds), first ?? 0);
    },
    publishers,
  };
}

/** Seconds of the longest rendition. */
export function longestSeconds(publishers: readonly RenditionPublisher[]): number {
  return publishers.reduce((longest, { seconds }) => Math.max(longest, seconds), 0);
}

async function writeMasterPlaylist(
  { mediaDirectory, workDirectory }: Pick<PipelineRun, 'mediaDirectory' | 'workDirectory'>,
  entries: readonly MasterEntry[],
  { state, isLive }: { readonly state: PlaylistState; readonly isLive: boolean },
): Promise<void> {
  const text = renderMasterPlaylist(entries, state, isLive);
  await writeFileAtomic(path.join(mediaDirectory, 'index.m3u8'), text, {
    durable: state === 'verified',
    temporaryFolder: workDirectory,
  });
}

function entriesOf({ track, publishers }: Member): MasterEntry[] {
  const isMuxed = publishers.length > 1; // the announced bit rate is then that of picture and sound together
  return publishers.flatMap((publisher) => publisher.masterEntry(isMuxed ? null : track.bitsPerSecond) ?? []);
}
