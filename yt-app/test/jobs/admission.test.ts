import { createLogger } from '@linkcast/kit';
import type { ProblemFacts, ProblemType } from '@linkcast/contracts';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { sourceKey } from '../../src/egress/source-url.ts';
import { randomId } from '../../src/random-id.ts';
import { slices } from '../../src/slices.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobTable } from '../../src/jobs/job-table.ts';
import { createJobService, type JobService } from '../../src/jobs/job-service.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';
import { startEventFeed, type EventFeed } from '../../src/events/event-feed.ts';

eachDatabase((openDatabase) => {
  const CALLER = { caller: 'session:1' };
  const linkTo = (number: number | string) => ({ url: `https://example.com/${number}`, type: 'video' }) as const;

  const QUEUED = { state: 'queued', quality: 'best', host: 'example.com', createdAt: 0, submittedAt: 0 } as const;

  let database: AppDatabase;
  let store: JobStore;
  let jobs: JobService;
  let isMediaPresent: boolean;
  let feed: EventFeed;

  beforeEach(async () => {
    database = await openDatabase();
    const { jobs: jobStore, items, publisher, log } = storesOf(database);
    store = jobStore;
    isMediaPresent = true;
    feed = startEventFeed({ log, logger: createLogger({ service: 'test', level: 'silent' }) });
    jobs = createJobService({
      store,
      items,
      database,
      publisher,
      // Nothing runs: the tests claim jobs themselves.
      queue: {
        wake: () => undefined,
        cancel: () => Promise.resolve(false),
        cancelQueued: () => Promise.resolve(false),
        finish: () => undefined,
      },
      probe: () => Promise.reject(new Error('nothing is probed here')),
      listSource: () => Promise.reject(new Error('nothing is listed here')),
      feed,
      limits: { require: () => Promise.resolve() },
      allowPrivate: [],
      defaultVisibility: 'everyone',
      canDownload: () => true,
      isMediaPresent: () => isMediaPresent,
    });
  });
  afterEach(async () => {
    await feed.stop();
    await database.close();
  });

  /** Submits a job, lets a worker claim it, and fails it. Nothing else may be queued. */
  async function submitFailed(number: number | string): Promise<string> {
    const { id } = await jobs.submit(linkTo(number), CALLER);
    const claimed = await store.claim({ worker: 'w', instance: 'i', mediaId: randomId(), now: 0 });
    if (claimed?.id !== id) throw new Error('another job was claimed');
    await store.apply(claimed, { type: 'failed', problem: null, finishedAt: 0 });
    return id;
  }

  async function expectRefusal(call: Promise<unknown>, code: ProblemType, facts: ProblemFacts): Promise<void> {
    await expect(call).rejects.toThrow(expect.objectContaining({ code, facts }));
  }

  /** Queues the links 0 to 999, as if they had been submitted. */
  const fillQueue = (): Promise<void> =>
    database.transaction(async () => {
      const rows = Array.from({ length: 1000 }, (_, number) => {
        const { url, type } = linkTo(number);
        const ids = { id: randomId(), mediaId: randomId() };
        return jobTable.writeNew({ ...ids, url, type, sourceKey: sourceKey(new URL(url)), ...QUEUED });
      });
      for (const slice of slices(rows, 100)) await jobTable.query(database).insertInto('jobs').values(slice).execute();
    });

  describe('a full queue', () => {
    test('before any job has started: refuses with a retry after a minute', async () => {
      await fillQueue();
      await expectRefusal(jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds: 60 });
    });

    test.each([
      [20, 20],
      [1, 5],
      [100_000, 600],
    ])('with a job started every %d s: refuses with a retry after %d s', async (everySeconds, retryAfterSeconds) => {
      for (let number = 0; number < 5; number += 1) {
        await jobs.submit(linkTo(`started${number}`), CALLER);
        await store.claim({ worker: 'w', instance: 'i', mediaId: randomId(), now: number * everySeconds * 1000 });
      }
      await fillQueue();
      await expectRefusal(jobs.submit(linkTo('more'), CALLER), 'queue-full', { retryAfterSeconds });
    });

    test('a queued link: is answered with its job; a failed job: is not queued again', async () => {
      const failed = await submitFailed('failed');
      await fillQueue();
      expect(await jobs.submit(linkTo(7), CALLER)).toMatchObject({ state: 'queued', url: linkTo(7).url });
      await expect(jobs.retry(failed, null)).rejects.toMatchObject({ code: 'queue-full' });
    });
  });

  describe('without the media volume', () => {
    test('a new job and a retry: are refused; a queued link: is answered with its job, with and without its key', async () => {
      const keyed = { ...CALLER, idempotencyKey: 'k' };
      const failed = await submitFailed(2);
      const waiting = await jobs.submit(linkTo(1), keyed);
      isMediaPresent = false;
      await expectRefusal(jobs.submit(linkTo(3), CALLER), 'media-missing', { retryAfterSeconds: 10 });
      await expectRefusal(jobs.retry(failed, null), 'media-missing', { retryAfterSeconds: 10 });
      expect((await jobs.submit(linkTo(1), keyed)).id).toBe(waiting.id);
      expect((await jobs.submit(linkTo(1), CALLER)).id).toBe(waiting.id);
      expect(await store.counts()).toEqual({ queued: 1, failed: 1 });
    });

    test('the key of a refused request: is accepted for the same request later', async () => {
      const keyed = { ...CALLER, idempotencyKey: 'k' };
      isMediaPresent = false;
      await expect(jobs.submit(linkTo(1), keyed)).rejects.toMatchObject({ code: 'media-missing' });
      isMediaPresent = true;
      expect(await jobs.submit(linkTo(1), keyed)).toMatchObject({ state: 'queued' });
    });
  });
});
