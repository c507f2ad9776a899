/** Counts the failed attempts of each client within an hour, in memory. */
export interface AttemptLimit {
  /** Seconds until the client may try again; 0: now. */
  waitSeconds(client: string): number;
  fail(client: string): void;
}

const HOUR_MS = 3_600_000;
/** Clients that are remembered; of more, the one that failed first is forgotten. */
const MOST_CLIENTS = 10_000;

/** @param most failed attempts in an hour, after which the client waits. */
export function createAttemptLimit(most: number, clock: () => number = Date.now): AttemptLimit {
  const failures = new Map<string, { readonly since: number; count: number }>();
  const current = (client: string) => {
    const known = failures.get(client);
    return known && clock() - known.since < HOUR_MS ? known : undefined;
  };
  return {
    waitSeconds(client) {
      const known = current(client);
      return known && known.count >= most ? Math.ceil((known.since + HOUR_MS - clock()) / 1000) : 0;
    },
    fail(client) {
      const known = current(client);
      if (known) {
        known.count += 1;
        return;
      }
      failures.delete(client); // the order of insertion is that of `since`
      failures.set(client, { since: clock(), count: 1 });
      const [oldest] = failures.keys();
      if (failures.size > MOST_CLIENTS && oldest !== undefined) failures.delete(oldest);
    },
  };
}
