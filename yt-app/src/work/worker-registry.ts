import type { WorkClaim } from '@linkcast/contracts';

/** The workers that have claimed work lately. */
export interface WorkerRegistry {
  /** Notes that a worker is there. */
  note(claim: WorkClaim): void;
  /** Those of the last minute, by name. */
  present(): readonly WorkClaim[];
  /** Reports whether a job has a chance: false when every worker that is there lacks a downloader that may be run. */
  canDownload(): boolean;
}

/** A claim waits at most a third of this. */
const PRESENT_MS = 60_000;

export function createWorkerRegistry(now: () => number = Date.now): WorkerRegistry {
  const seen = new Map<string, { readonly claim: WorkClaim; readonly at: number }>();

  const present = (): WorkClaim[] => {
    for (const [name, { at }] of seen) if (now() - at > PRESENT_MS) seen.delete(name);
    return [...seen.values()].map(({ claim }) => claim);
  };
  return {
    note: (claim) => void seen.set(claim.worker, { claim, at: now() }),
    present,
    canDownload() {
      const workers = present();
      return workers.length === 0 || workers.some(({ downloader }) => downloader !== null);
    },
  };
}
