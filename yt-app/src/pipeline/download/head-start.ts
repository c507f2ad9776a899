import type { Program } from '@linkcast/kit';
import type { TrackPlan } from '../plan/track-plan.ts';

/**
 * Lets the item become playable sooner on a slow line. Until then it suspends every track that playback does not wait for:
 * tracks that are not primary, and primary ones that have their first segments. The others get their bandwidth.
 */
export interface HeadStart {
  add(track: TrackPlan, downloader: Program): void;
  /** Suspends the tracks that playback does not need at the moment. */
  balance(hasBegun: (track: TrackPlan) => boolean): void;
  /** Resumes all tracks, and suspends none from now on. */
  end(): void;
}

/** Longer pauses would make the server close the connection. */
const MAX_PAUSE_MS = 5000;

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
      if (now() - heldSince > MAX_PAUSE_MS) end();
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
