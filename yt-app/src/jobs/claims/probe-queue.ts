import { Problem } from '@linkcast/contracts';

export interface ProbeQueueOptions {
  /** Probes that run at once. Default 2. */
  readonly concurrency?: number;
  /** Probes that wait for their turn. Default 20. */
  readonly mostWaiting?: number;
  /** Probes of one caller that run or wait. Default 3. */
  readonly mostPerCaller?: number;
}

/** A bounded queue for probes: each runs a program for seconds, while a person waits. */
export interface ProbeQueue {
  /**
   * Runs a task when its turn comes. A caller that disconnects while it waits leaves the queue.
   *
   * @param caller as `callerId` names them.
   * @param task has to end when the signal is aborted while it runs.
   * @throws {Problem} `too-many-requests` when the queue is full, or the caller has too many tasks.
   * @throws the signal's reason, when it is aborted before the task has begun.
   */
  run<T>(caller: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** The assumed duration of a probe before one was measured. */
const FIRST_GUESS_SECONDS = 5;
/** The weight of the last probe in the mean duration. */
const LAST_WEIGHT = 0.2;

interface Turn {
  readonly caller: string;
  readonly start: () => void;
}

export function createProbeQueue(options: ProbeQueueOptions = {}): ProbeQueue {
  const { concurrency = 2, mostWaiting = 20, mostPerCaller = 3 } = options;
  const waiting = new Set<Turn>();
  const running = new Set<Turn>();
  let meanSeconds = FIRST_GUESS_SECONDS;

  /** Estimates the seconds until a new task would start. */
  const waitSeconds = (): number => Math.ceil(((waiting.size + 1) / concurrency) * meanSeconds);
  const countOf = (caller: string): number => [...waiting, ...running].filter((turn) => turn.caller === caller).length;
  const startNext = (): void => {
    const [next] = waiting;
    if (next && running.size < concurrency) next.start();
  };

  /** Resolves when the turn has come; it then counts as running. */
  const takeTurn = (caller: string, signal: AbortSignal): Promise<Turn> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(turn);
        reject(signal.reason as Error); // AbortSignal reasons are errors here
      };
      const turn: Turn = {
        caller,
        start() {
          waiting.delete(turn);
          signal.removeEventListener('abort', leave);
          running.add(turn);
          resolve(turn);
        },
      };
      waiting.add(turn);
      signal.addEventListener('abort', leave, { once: true });
      startNext();
    });

  return {
    async run(caller, signal, task) {
      signal.throwIfAborted();
      const isFull = running.size >= concurrency && waiting.size >= mostWaiting;
      if (isFull || countOf(caller) >= mostPerCaller)
        throw new Problem('too-many-requests', { retryAfterSeconds: waitSeconds() });
      const turn = await takeTurn(caller, signal);
      const startedAt = performance.now();
      try {
        return await task();
      } finally {
        running.delete(turn);
        meanSeconds += LAST_WEIGHT * ((performance.now() - startedAt) / 1000 - meanSeconds);
        startNext();
      }
    },
  };
}
