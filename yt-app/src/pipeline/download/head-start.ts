import type { Program } from '@linkcast/kit';
import type { TrackPlan } from '../plan/download-plan.ts';

/**
 * On a slow line the tracks take each other's share: sound that nobody can play yet makes the picture late. So until the
 * item can be played, a track that has what this takes waits for those that have not.
 */
export interface HeadStart {
  add(track: TrackPlan, downloader: Program): void;
  /** Holds the tracks that are of no use at the moment. */
  balance(hasBegun: (track: TrackPlan) => boolean): void;
  /** All go on, and nobody waits any more. */
  end(): void;
}

/** However slow the others are: a server closes a connection on which nothing moves. */
const LONGEST_WAIT_MS = 5000;

export function createHeadStart(now: () => number = Date.now): HeadStart {
  const running = new Map<TrackPlan, Program>();
  const held = new Set<Program>();
  let heldSince = Number.POSITIVE_INFINITY;
  let isOver = false;

  const end = (): void => {
    isOver = true;
    for (const downloader of held) downloader.release();
    held.clear();
  };
  return {
    add: (track, downloader) => void running.set(track, downloader),
    balance(hasBegun) {
      if (now() - heldSince > LONGEST_WAIT_MS) end();
      if (isOver) return;
      for (const [track, downloader] of running) {
        if (held.has(downloader) || (track.primary && !hasBegun(track))) continue;
        downloader.hold();
        held.add(downloader);
        heldSince = Math.min(heldSince, now());
      }
    },
    end,
  };
}
