/** The clocks of the machine, in milliseconds. */
export interface Clocks {
  /** The time of day, which is set forwards and backwards. */
  readonly wall: () => number;
  /** Never set, and still while the machine sleeps. */
  readonly steady: () => number;
}

/** The time of day must be so many milliseconds ahead of the steady clock to count as a sleep: clocks are also adjusted a little all the time. */
const SLEEP_MS = 1000;

/**
 * Makes a clock for waits: milliseconds since it was made, the sleep of the machine included. It never goes back when the time of day is
 * set back; a time of day that is set forwards counts as a sleep, so that a wait ends early at most.
 */
export function createElapsedClock({ wall, steady }: Clocks): () => number {
  let [lastWall, lastSteady] = [wall(), steady()];
  let elapsed = 0;
  return () => {
    const [nowWall, nowSteady] = [wall(), steady()];
    const passed = Math.max(0, nowSteady - lastSteady);
    const ahead = nowWall - lastWall - passed;
    elapsed += passed + (ahead > SLEEP_MS ? ahead : 0);
    [lastWall, lastSteady] = [nowWall, nowSteady];
    return elapsed;
  };
}

/** {@link createElapsedClock} since the start of the process. For due times in memory, which a clock that is set must not move. */
export const elapsedMs = createElapsedClock({ wall: () => Date.now(), steady: () => performance.now() });
