import type { WorkClaim } from '@linkcast/contracts';

/** The workers that have claimed work lately. */
export interface WorkerRegistry {
  /** Notes a worker's claim. */
  note(claim: WorkClaim): void;
  /** The last claim of any worker since the start, in milliseconds since 1970; undefined before the first. */
  lastSeenAt(): number | undefined;
  /** The last claim of each worker of the last minute. */
  present(): readonly WorkClaim[];
  /** Reports whether a job could run: false when every present worker lacks an accepted downloader. */
  canDownload(): boolean;
  /** Reports whether a worker with an accepted downloader has asked for a job in the last minute. */
  isJobWanted(): boolean;
}

/** A claim waits at most a third of this. */
const PRESENT_MS = 60_000;

export function createWorkerRegistry(now: () => number = Date.now): WorkerRegistry {
  const seen = new Map<string, { readonly claim: WorkClaim; readonly at: number }>();
  let jobWantedAt = -Infinity;
  let lastSeenAt: number | undefined;

  const present = (): WorkClaim[] => {
    for (const [name, { at }] of seen) if (now() - at > PRESENT_MS) seen.delete(name);
    return [...seen.values()].map(({ claim }) => claim);
  };
  return {
    note(claim) {
      lastSeenAt = now();
      seen.set(claim.worker, { claim, at: lastSeenAt });
      if (claim.kind === 'job' && claim.downloader !== null) jobWantedAt = now();
    },
    lastSeenAt: () => lastSeenAt,
    present,
    canDownload() {
      const workers = present();
      return workers.length === 0 || workers.some(({ downloader }) => downloader !== null);
    },
    isJobWanted: () => now() - jobWantedAt <= PRESENT_MS,
  };
}
