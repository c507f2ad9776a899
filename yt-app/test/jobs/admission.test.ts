import type { Database } from '@linkcast/kit';
import type { ProblemFacts, ProblemType } from '@linkcast/contracts';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { randomId } from '../../src/random-id.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventBus } from '../../src/events/event-bus.ts';
import { createJobService, type JobService } from '../../src/jobs/job-service.ts';
import { createJobStore, type JobStore } from '../../src/jobs/job-store.ts';
import { createJobPublisher } from '../../src/jobs/job-publisher.ts';
import { createItemStore } from '../../src/library/items/item-store.ts';

const CALLER = { caller: 'session:1' };
const linkTo = (number: number | string) => ({ url: `https://example.com/${number}`, type: 'video' }) as const;

let database: Database;
let store: JobStore;
let jobs: JobService;
let isMediaReady: boolean;

beforeEach(() => {
  database = openAppDatabase(':memory:');
  store = createJobStore(database);
  isMediaReady = true;
  const items = createItemStore(database);
  const events = createEventBus();
  jobs = createJobService({
    store,
    items,
    database,
    publisher: createJobPublisher({ items, events, progressOf: () => undefined }),
    // Nothing runs: the tests claim jobs themselves.
    queue: { wake: () => undefined, cancel: () => Promise.resolve(false) },
    probe: () => Promise.reject(new Error('nothing is probed here')),
    events,
    allowPrivate: [],
    canDownload: () => true,
    isMediaReady: () => isMediaReady,
  });
});
afterEach(() => database.close());

/** Submits a job, lets a worker claim it, and fails it. Nothing else may be queued. */
function submitFailed(number: number | string): string {
  const { id } = jobs.submit(linkTo(number), CALLER);
  const claimed = store.claim({ worker: 'w', instance: 'i', mediaId: randomId(), now: 0 });
  if (claimed?.id !== id) throw new Error('another job was claimed');
  store.apply(claimed, { type: 'failed', problem: null, finishedAt: 0 });
  return id;
}

function expectRefusal(act: () => unknown, code: ProblemType, facts: ProblemFacts): void {
  expect(act).toThrow(expect.objectContaining({ code, facts }));
}

const fillQueue = (): void =>
  database.transaction(() => {
    for (let number = 0; number < 1000; number += 1) jobs.submit(linkTo(number), CALLER);
  })();

describe('a full queue', () => {
  test('before any job has started: refuses with a retry after a minute', () => {
    fillQueue();
    expectRefusal(() => jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds: 60 });
  });

  test.each([
    [20, 20],
    [1, 5],
    [100_000, 600],
  ])('with a job started every %d s: refuses with a retry after %d s', (everySeconds, retryAfterSeconds) => {
    for (let number = 0; number < 5; number += 1) {
      jobs.submit(linkTo(`started${number}`), CALLER);
      store.claim({ worker: 'w', instance: 'i', mediaId: randomId(), now: number * everySeconds * 1000 });
    }
    fillQueue();
    expectRefusal(() => jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds });
  });

  test('a queued link: is answered with its job; a failed job: is not queued again', () => {
    const failed = submitFailed('failed');
    fillQueue();
    expect(jobs.submit(linkTo(7), CALLER)).toMatchObject({ state: 'queued', url: linkTo(7).url });
    expect(() => jobs.retry(failed)).toThrow(expect.objectContaining({ code: 'queue-full' }));
  });
});

describe('without the media volume', () => {
  test('a new job and a retry: are refused; a queued link: is answered with its job, with and without its key', () => {
    const keyed = { ...CALLER, idempotencyKey: 'k' };
    const failed = submitFailed(2);
    const waiting = jobs.submit(linkTo(1), keyed);
    isMediaReady = false;
    expectRefusal(() => jobs.submit(linkTo(3), CALLER), 'media-missing', { retryAfterSeconds: 10 });
    expectRefusal(() => jobs.retry(failed), 'media-missing', { retryAfterSeconds: 10 });
    expect(jobs.submit(linkTo(1), keyed).id).toBe(waiting.id);
    expect(jobs.submit(linkTo(1), CALLER).id).toBe(waiting.id);
    expect(store.counts()).toEqual({ queued: 1, failed: 1 });
  });

  test('the key of a refused request: is accepted for the same request later', () => {
    const keyed = { ...CALLER, idempotencyKey: 'k' };
    isMediaReady = false;
    expect(() => jobs.submit(linkTo(1), keyed)).toThrow(expect.objectContaining({ code: 'media-missing' }));
    isMediaReady = true;
    expect(jobs.submit(linkTo(1), keyed)).toMatchObject({ state: 'queued' });
  });
});
