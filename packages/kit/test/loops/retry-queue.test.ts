import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRetryQueue, type RetryQueue, type RetryQueueOptions } from '../../src/loops/retry-queue.ts';

interface Task {
  readonly id: number;
  version: number;
}

const HOUR_MS = 3_600_000;

/** A queue over a list of tasks; a task leaves the list when its work succeeds. */
function createTasks(
  ids: readonly number[],
  options: Pick<RetryQueueOptions<Task>, 'work'> & Partial<RetryQueueOptions<Task>>,
): { tasks: Map<number, Task>; queue: RetryQueue } {
  const tasks = new Map(ids.map((id) => [id, { id, version: 0 }]));
  const queue = createRetryQueue<Task>({
    pending: () => [...tasks.values()],
    keyOf: ({ id }) => id,
    versionOf: ({ version }) => version,
    onFailure: () => ({ kind: 'retry' }),
    backOff: { firstMs: 1, mostMs: 1 },
    ...options,
    work: async (task, signal) => {
      await options.work(task, signal);
      tasks.delete(task.id);
    },
  });
  onTestFinished(() => queue.stop());
  return { tasks, queue };
}

const callsOf = (mock: { mock: { calls: unknown[] } }, count: number): Promise<void> =>
  vi.waitFor(() => expect(mock.mock.calls).toHaveLength(count));

test('pending tasks: none is worked on before wake, each once afterwards', async () => {
  const work = vi.fn(() => Promise.resolve());
  const { tasks, queue } = createTasks([1, 2, 3], { work });
  await delay(10);
  expect(work).not.toHaveBeenCalled();
  queue.wake();
  queue.wake();
  await vi.waitFor(() => expect(tasks.size).toBe(0));
  expect(work).toHaveBeenCalledTimes(3);
});

test('a limit of two: five tasks are worked on in order, at most two at once', async () => {
  const order: number[] = [];
  let running = 0;
  let mostRunning = 0;
  const { tasks, queue } = createTasks([1, 2, 3, 4, 5], {
    concurrency: 2,
    work: async ({ id }) => {
      order.push(id);
      mostRunning = Math.max(mostRunning, (running += 1));
      await delay(5);
      running -= 1;
    },
  });
  queue.wake();
  await vi.waitFor(() => expect(tasks.size).toBe(0));
  expect([order, mostRunning]).toEqual([[1, 2, 3, 4, 5], 2]);
});

describe('work that fails', () => {
  test('retry: the task is tried again after its back-off, with a count of failures in a row', async () => {
    const counts: number[] = [];
    let attempts = 0;
    const { tasks, queue } = createTasks([1], {
      work: () => ((attempts += 1) < 4 ? Promise.reject(new Error('no')) : Promise.resolve()),
      onFailure: (_, __, failures) => (counts.push(failures), { kind: 'retry' }),
    });
    queue.wake();
    await vi.waitFor(() => expect(tasks.size).toBe(0));
    expect(counts).toEqual([1, 2, 3]);
  });

  test('retry: other tasks continue during the back-off', async () => {
    const { tasks, queue } = createTasks([1, 2], {
      concurrency: 1,
      backOff: { firstMs: HOUR_MS, mostMs: HOUR_MS },
      work: ({ id }) => (id === 1 ? Promise.reject(new Error('no')) : Promise.resolve()),
    });
    queue.wake();
    await vi.waitFor(() => expect([...tasks.keys()]).toEqual([1]));
  });

  test('give-up: the task is not tried again until its version changes', async () => {
    const work = vi.fn(({ version }: Task) => (version === 0 ? Promise.reject(new Error('no')) : Promise.resolve()));
    const { tasks, queue } = createTasks([1], { work, onFailure: () => ({ kind: 'give-up' }) });
    queue.wake();
    await callsOf(work, 1);
    await delay(10);
    queue.wake();
    expect(work).toHaveBeenCalledTimes(1);
    for (const task of tasks.values()) task.version += 1;
    queue.wake();
    await vi.waitFor(() => expect(tasks.size).toBe(0));
  });

  test('a task that was not pending for a while: its count of failures is reset', async () => {
    const counts: number[] = [];
    const { tasks, queue } = createTasks([1], {
      backOff: { firstMs: HOUR_MS, mostMs: HOUR_MS },
      work: () => Promise.reject(new Error('no')),
      onFailure: (_, __, failures) => (counts.push(failures), { kind: 'retry' }),
    });
    queue.wake();
    await vi.waitFor(() => expect(counts).toEqual([1]));
    const task = tasks.get(1);
    tasks.clear();
    queue.wake();
    if (task) tasks.set(1, task);
    queue.wake();
    await vi.waitFor(() => expect(counts).toEqual([1, 1]));
  });
});

describe('retryNow', () => {
  const failOnce = (onFailure: RetryQueueOptions<Task>['onFailure']) => {
    let attempts = 0;
    const work = vi.fn(() => ((attempts += 1) === 1 ? Promise.reject(new Error('no')) : Promise.resolve()));
    return { work, ...createTasks([1], { work, onFailure, backOff: { firstMs: HOUR_MS, mostMs: HOUR_MS } }) };
  };

  test('a task in its back-off: is tried at once', async () => {
    const { work, queue, tasks } = failOnce(() => ({ kind: 'retry' }));
    queue.wake();
    await callsOf(work, 1);
    await delay(5);
    queue.retryNow();
    await vi.waitFor(() => expect(tasks.size).toBe(0));
  });

  test('a task with a wait set by the server: keeps waiting', async () => {
    const { work, queue } = failOnce(() => ({ kind: 'retry-after', ms: 2 * HOUR_MS }));
    queue.wake();
    await callsOf(work, 1);
    await delay(5);
    queue.retryNow();
    await delay(10);
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('stop', () => {
  test('during work: the work gets the abort, stop resolves after its end, and onFailure is not called', async () => {
    const onFailure = vi.fn(() => ({ kind: 'retry' }) as const);
    let hasEnded = false;
    const { queue } = createTasks([1], {
      onFailure,
      work: async (_, signal) => {
        await delay(HOUR_MS, undefined, { signal }).finally(() => (hasEnded = true));
      },
    });
    queue.wake();
    await delay(5);
    await queue.stop();
    expect([hasEnded, onFailure.mock.calls.length]).toEqual([true, 0]);
  });

  test('followed by wake: no task is worked on', async () => {
    const work = vi.fn(() => Promise.resolve());
    const { queue } = createTasks([1], { work });
    await queue.stop();
    queue.wake();
    await delay(10);
    expect(work).not.toHaveBeenCalled();
  });
});
