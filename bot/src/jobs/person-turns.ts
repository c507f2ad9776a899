/** Lets some tasks of each person run at once. The others wait for their turn, in their order. */
export interface PersonTurns {
  /** Runs a task when its turn comes. @throws the signal's reason, when it is aborted before that. */
  run(userId: number, signal: AbortSignal, task: () => Promise<void>): Promise<void>;
}

/** @param most tasks of one person that run at once */
export function createPersonTurns(most: number): PersonTurns {
  const running = new Map<number, number>();
  const waiting = new Map<number, Set<() => void>>();

  const release = (userId: number): void => {
    const count = (running.get(userId) ?? 1) - 1;
    if (count === 0) running.delete(userId);
    else running.set(userId, count);
    const [next] = waiting.get(userId) ?? [];
    next?.();
  };
  const take = (userId: number): void => void running.set(userId, (running.get(userId) ?? 0) + 1);

  const turnOf = (userId: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(userId) ?? new Set();
      waiting.set(userId, queue);
      const leave = (): void => {
        queue.delete(start);
        if (queue.size === 0) waiting.delete(userId);
        signal.removeEventListener('abort', stop);
      };
      const start = (): void => {
        leave();
        take(userId); // before the next task asks
        resolve();
      };
      const stop = (): void => {
        leave();
        reject(signal.reason as Error); // AbortSignal reasons are errors here
      };
      queue.add(start);
      signal.addEventListener('abort', stop, { once: true });
    });

  return {
    async run(userId, signal, task) {
      signal.throwIfAborted();
      if ((running.get(userId) ?? 0) < most) take(userId);
      else await turnOf(userId, signal);
      try {
        await task();
      } finally {
        release(userId);
      }
    },
  };
}
