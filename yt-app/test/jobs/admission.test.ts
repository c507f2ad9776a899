import { type Database } from '@linkcast/kit';
import type { ProblemFacts, ProblemType } from '@linkcast/contracts';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { randomId } from '../../src/random-id.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventBus } from '../../src/events/event-bus.ts';
import { createIdempotencyStore } from '../../src/jobs/idempotency-store.ts';
import { createJobService, type JobService } from '../../src/jobs/job-service.ts';
import { createJobStore, type JobStore } from '../../src/jobs/job-store.ts';
import { jobView } from '../../src/jobs/job-view.ts';
import { createProbeQueue } from '../../src/jobs/probe-queue.ts';
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
  jobs = createJobService({
    store,
    media: createItemStore(database),
    // Nothing runs: the tests claim jobs themselves.
    queue: {
      wake: () => undefined,
      cancel: () => Promise.resolve(false),
      view: (record) => jobView(record, undefined, false),
    },
    idempotencyKeys: createIdempotencyStore(database),
    probe: () => Promise.reject(new Error('nothing is probed here')),
    probeQueue: createProbeQueue(),
    events: createEventBus(),
    allowPrivate: [],
    canDownload: () => true,
    isMediaReady: () => isMediaReady,
  });
});
afterEach(() => database.close());

function expectRefusal(act: () => unknown, code: ProblemType, facts: ProblemFacts): void {
  expect(act).toThrow(expect.objectContaining({ code, facts }));
}

const fillQueue = (): void =>
  database.transaction(() => {
    for (let number = 0; number < 1000; number += 1) jobs.submit(linkTo(number), CALLER);
  })();

describe('a full queue', () => {
  test('before any job has started: come back in a minute', () => {
    fillQueue();
    expectRefusal(() => jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds: 60 });
  });

  test.each([
    [20, 20],
    [1, 5],
    [100_000, 600],
  ])('when a job starts every %d s: come back in %d s', (everySeconds, retryAfterSeconds) => {
    for (let number = 0; number < 5; number += 1) {
      jobs.submit(linkTo(`started${number}`), CALLER);
      store.claim({ worker: 'w', instance: 'i', mediaId: randomId(), now: number * everySeconds * 1000 });
    }
    fillQueue();
    expectRefusal(() => jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds });
  });

  test('a link that waits already is answered, and a failed job is not queued again', () => {
    const failed = jobs.submit(linkTo('failed'), CALLER);
    store.change(failed.id, { state: 'failed' });
    fillQueue();
    expect(jobs.submit(linkTo(7), CALLER)).toMatchObject({ state: 'queued', url: linkTo(7).url });
    expect(() => jobs.retry(failed.id)).toThrow(expect.objectContaining({ code: 'queue-full' }));
  });
});

describe('without the media volume', () => {
  test('no new job and no retry; a link that waits already is answered, also by its key', () => {
    const keyed = { ...CALLER, idempotencyKey: 'k' };
    const waiting = jobs.submit(linkTo(1), keyed);
    const failed = jobs.submit(linkTo(2), CALLER);
    store.change(failed.id, { state: 'failed' });
    isMediaReady = false;
    expectRefusal(() => jobs.submit(linkTo(3), CALLER), 'media-missing', { retryAfterSeconds: 10 });
    expectRefusal(() => jobs.retry(failed.id), 'media-missing', { retryAfterSeconds: 10 });
    expect(jobs.submit(linkTo(1), keyed).id).toBe(waiting.id);
    expect(jobs.submit(linkTo(1), CALLER).id).toBe(waiting.id);
    expect(store.counts()).toEqual({ queued: 1, failed: 1 });
  });

  test('the refused key is free: it may be used again for the same request', () => {
    const keyed = { ...CALLER, idempotencyKey: 'k' };
    isMediaReady = false;
    expect(() => jobs.submit(linkTo(1), keyed)).toThrow(expect.objectContaining({ code: 'media-missing' }));
    isMediaReady = true;
    expect(jobs.submit(linkTo(1), keyed)).toMatchObject({ state: 'queued' });
  });
});
