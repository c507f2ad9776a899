/** Keeps a gap between the starts of two jobs of one host. After a restart, each host may start a job at once. */
export interface HostGaps {
  /** Notes that a job of the host starts. */
  note(host: string): void;
  /** The hosts whose gap has not passed. */
  hosts(): string[];
}

/**
 * @param gapMs 0: there is none.
 * @param clock milliseconds from any origin; never set back.
 */
export function createHostGaps(gapMs: number, clock: () => number = () => performance.now()): HostGaps {
  const startedAt = new Map<string, number>();
  const dropPassed = (): void => {
    for (const [host, at] of startedAt) if (clock() - at >= gapMs) startedAt.delete(host);
  };

  return {
    note(host) {
      if (gapMs > 0) startedAt.set(host, clock());
    },
    hosts() {
      dropPassed();
      return [...startedAt.keys()];
    },
  };
}
