import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import { renderMasterPlaylist, type MasterEntry } from '../hls/master-playlist.ts';
import type { TrackPlan } from '../plan/download-plan.ts';
import type { RenditionPublisher } from '../hls/rendition-publisher.ts';

/** An item that players can already open while its tracks still arrive. */
export interface LiveItem {
  add(track: TrackPlan, publishers: readonly RenditionPublisher[]): void;
  /** Takes a track out again: its download failed, and the item can do without. */
  drop(track: TrackPlan): void;
  /** Looks at every rendition once; true from the moment when playback can start. */
  refresh(): Promise<boolean>;
  /** Shows everything, verified: playlists with an end, and every rendition in the master playlist. */
  complete(): Promise<void>;
  /** Is enough of this track there to play it? */
  hasBegun(track: TrackPlan): boolean;
  /** Seconds that can be played: of every primary track, which may hold less sound than picture or the other way round. */
  playableSeconds(): number;
  publishers(): RenditionPublisher[];
}

interface Member {
  readonly track: TrackPlan;
  readonly publishers: readonly RenditionPublisher[];
}

export function createLiveItem({ directory, tracks }: { directory: string; tracks: readonly TrackPlan[] }): LiveItem {
  const members = new Map<TrackPlan, Member>();
  let isPlayable = false;

  const all = (): RenditionPublisher[] => [...members.values()].flatMap((member) => member.publishers);
  const primary = (): Member[] => [...members.values()].filter((member) => member.track.primary);

  const writeMaster = async (chosen: readonly Member[], state: 'growing' | 'verified'): Promise<void> => {
    const entries = chosen.flatMap(entriesOf);
    await writeFileAtomic(path.join(directory, 'index.m3u8'), renderMasterPlaylist(entries, state), {
      durable: state === 'verified',
    });
  };

  const hasBegun = (track: TrackPlan): boolean => {
    const member = members.get(track);
    return member !== undefined && entriesOf(member).length === member.publishers.length;
  };
  const canPlay = (): boolean => tracks.filter((track) => track.primary).every(hasBegun);

  return {
    add: (track, publishers) => void members.set(track, { track, publishers }),
    drop: (track) => void members.delete(track),
    async refresh() {
      await Promise.all(all().map((publisher) => publisher.refresh()));
      if (isPlayable || !canPlay()) return isPlayable;
      await writeMaster(primary(), 'growing');
      isPlayable = true;
      return true;
    },
    async complete() {
      await Promise.all(all().map((publisher) => publisher.complete()));
      await writeMaster([...members.values()], 'verified');
    },
    hasBegun,
    playableSeconds() {
      const [first, ...others] = primary().map((member) => longestSeconds(member.publishers));
      return others.reduce((least, seconds) => Math.min(least, seconds), first ?? 0);
    },
    publishers: all,
  };
}

export function longestSeconds(publishers: readonly RenditionPublisher[]): number {
  return publishers.reduce((longest, { seconds }) => Math.max(longest, seconds), 0);
}

function entriesOf({ track, publishers }: Member): MasterEntry[] {
  const isMuxed = publishers.length > 1; // the announced rate is then of both together
  return publishers.flatMap((publisher) => publisher.masterEntry(isMuxed ? null : track.bitsPerSecond) ?? []);
}
