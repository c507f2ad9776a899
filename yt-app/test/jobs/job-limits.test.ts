import { NO_LIMITS, type Limits, type OverLimit } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { startEventFeed, type EventFeed } from '../../src/events/event-feed.ts';
import { createJobLimits, type JobLimits } from '../../src/jobs/submission/job-limits.ts';
import { createJobService, type JobService } from '../../src/jobs/job-service.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { createDefaultLimits, type DefaultLimits } from '../../src/people/default-limits.ts';
import { createPersonStore, type PersonStore } from '../../src/people/person-store.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const HOUR_MS = 3_600_000;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: JobStore;
  let items: ItemStore;
  let people: PersonStore;
  let defaultLimits: DefaultLimits;
  let limits: JobLimits;
  let jobs: JobService;
  let feed: EventFeed;
  let anna: string;
  let links = 0;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 29, 12) });
    database = await openDatabase();
    const stores = storesOf(database);
    ({ jobs: store, items } = stores);
    people = createPersonStore(database);
    defaultLimits = createDefaultLimits(database);
    limits = createJobLimits({ database, people, defaultLimits });
    feed = startEventFeed({ log: stores.log, logger: createLogger({ service: 'test', level: 'silent' }) });
    jobs = createJobService({
      ...{
        store,
        items,
        database,
        limits,
        feed,
        publisher: stores.publisher,
        allowPrivate: [],
        defaultVisibility: 'everyone',
      },
      queue: {
        wake: () => undefined,
        cancel: () => Promise.resolve(false),
        cancelQueued: async (job) =>
          (await store.apply(job, { type: 'cancelled', finishedAt: Date.now() })) !== undefined,
        finish: () => undefined,
      },
      probe: () => Promise.reject(new Error('nothing is probed here')),
      listSource: () => Promise.reject(new Error('nothing is listed here')),
      canDownload: () => true,
      isMediaPresent: () => true,
    });
    anna = (await people.add({ name: 'Anna', role: 'member', telegramId: 1001, invitedBy: null })).id;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await feed.stop();
    await database.close();
  });

  const passHours = (hours: number) => vi.setSystemTime(Date.now() + hours * HOUR_MS);
  const limit = (changes: Partial<Limits>) => defaultLimits.change(changes);
  const submit = (personId: string | null = anna, link: string | number = ++links) =>
    jobs.submit({ url: `https://example.com/${link}`, type: 'video' }, { caller: `person:${personId}`, personId });
  /** Cancels a job, so that it is open no more. */
  const cancelled = async (submitted: Promise<{ id: string }>) => (await jobs.cancel((await submitted).id)).id;
  const refusal = (which: OverLimit['which'], most: number, used = most, freeAt: string | null = null) => ({
    code: 'over-limit',
    facts: { overLimit: { which, limit: most, used, freeAt } },
  });
  const sizeOf = (bytes: number, personId: string | null = anna) => items.save(audioItem(++links, { bytes, personId }));

  describe('jobs per day', () => {
    test('at the limit: the next one is refused until the oldest is 24 hours old', async () => {
      await limit({ jobsPerDay: 2 });
      await submit();
      passHours(3);
      await submit();
      passHours(1);
      await expect(submit()).rejects.toMatchObject({
        ...refusal('jobsPerDay', 2, 2, '2026-11-30T12:00:00.000Z'),
        facts: { retryAfterSeconds: 20 * 3600 },
      });
      vi.setSystemTime(Date.UTC(2026, 10, 30, 12) - 1);
      await expect(submit()).rejects.toMatchObject({ code: 'over-limit' });
      vi.setSystemTime(Date.UTC(2026, 10, 30, 12));
      await submit();
      await expect(submit()).rejects.toMatchObject(refusal('jobsPerDay', 2, 2, '2026-11-30T15:00:00.000Z'));
    });

    test('cancelled jobs: count, too', async () => {
      await limit({ jobsPerDay: 1 });
      await cancelled(submit());
      await expect(submit()).rejects.toMatchObject({ code: 'over-limit' });
    });

    test('a limit that was lowered: there is room again when enough jobs are a day old', async () => {
      for (let hour = 0; hour < 4; hour += 1) {
        await submit();
        passHours(1);
      }
      await limit({ jobsPerDay: 2 });
      await expect(submit()).rejects.toMatchObject(refusal('jobsPerDay', 2, 4, '2026-11-30T14:00:00.000Z'));
    });

    test('a link that is known, and a key that was used: cost nothing, also over the limit', async () => {
      await limit({ jobsPerDay: 1 });
      const request = { url: 'https://example.com/same', type: 'video' } as const;
      const options = { caller: 'anna', personId: anna, idempotencyKey: 'k' };
      const { id } = await jobs.submit(request, options);
      expect((await submit(anna, 'same')).id).toBe(id);
      expect((await jobs.submit(request, options)).id).toBe(id);
      const { id: other } = await submit(null, 'other');
      expect((await submit(anna, 'other')).id).toBe(other);
    });

    test('the key of a refused request: is accepted for it later', async () => {
      await limit({ jobsPerDay: 1 });
      await submit();
      const request = { url: 'https://example.com/later', type: 'video' } as const;
      const options = { caller: 'anna', personId: anna, idempotencyKey: 'k' };
      await expect(jobs.submit(request, options)).rejects.toMatchObject({ code: 'over-limit' });
      passHours(24);
      expect(await jobs.submit(request, options)).toMatchObject({ state: 'queued' });
    });
  });

  describe('a parent job', () => {
    const submitList = (...videos: number[]) =>
      jobs.submitGroup({
        ...{ url: 'https://example.com/list', title: null, type: 'video', quality: 'best', visibility: 'everyone' },
        personId: anna,
        children: videos.map((video) => ({ url: `https://example.com/${video}`, title: null })),
      });

    test('with more children than are left of the limit: is refused as a whole', async () => {
      await limit({ openJobs: 3 });
      await submit();
      await expect(submitList(101, 102, 103)).rejects.toMatchObject(refusal('openJobs', 3, 1));
      expect(await store.counts()).toEqual({ queued: 1 });
      await submitList(101, 102);
      await expect(submit()).rejects.toMatchObject(refusal('openJobs', 3));
    });

    test('over the day: says when all of its children have room, if ever', async () => {
      await limit({ jobsPerDay: 3 });
      await submit();
      passHours(1);
      await submit();
      await expect(submitList(101, 102)).rejects.toMatchObject(refusal('jobsPerDay', 3, 2, '2026-11-30T12:00:00.000Z'));
      await expect(submitList(101, 102, 103, 104)).rejects.toMatchObject(refusal('jobsPerDay', 3, 2));
    });
  });

  describe('a retry', () => {
    test('of a job of the same day: takes no second place', async () => {
      await limit({ jobsPerDay: 1, openJobs: 1 });
      const id = await cancelled(submit());
      expect(await jobs.retry(id, anna)).toMatchObject({ state: 'queued' });
    });

    test('of an older job: counts for today', async () => {
      await limit({ jobsPerDay: 1 });
      const old = await cancelled(submit());
      passHours(25);
      await jobs.retry(old, anna);
      await expect(submit()).rejects.toMatchObject(refusal('jobsPerDay', 1, 1, '2026-12-01T13:00:00.000Z'));
    });

    test('of old jobs, over the limit: is refused, and changes nothing', async () => {
      await limit({ jobsPerDay: 1 });
      const old = await cancelled(submit());
      passHours(25);
      await submit();
      await expect(jobs.retry(old, anna)).rejects.toMatchObject({ code: 'over-limit' });
      expect(await store.get(old)).toMatchObject({ state: 'cancelled' });
    });

    test("by an owner, of a member's job: has no limit", async () => {
      await limit({ jobsPerDay: 1 });
      const old = await cancelled(submit());
      passHours(25);
      await submit();
      const owner = await people.atConsole();
      expect(await jobs.retry(old, owner.id)).toMatchObject({ state: 'queued' });
    });
  });

  test('open jobs at the limit: the next one is refused until one has ended', async () => {
    await limit({ openJobs: 2 });
    await submit();
    const claimed = await store.claim({ worker: 'w', instance: 'i', mediaId: 'm', now: 0 });
    await submit();
    await expect(submit()).rejects.toMatchObject({
      ...refusal('openJobs', 2),
      facts: { retryAfterSeconds: 60 },
    });
    if (claimed) await store.apply(claimed, { type: 'failed', problem: null, finishedAt: 0 });
    await submit();
  });

  test.each([
    [999, 'accepted'],
    [1000, 'over-limit'],
  ])('with items of %d bytes, and a limit of 1000: a job is %s', async (bytes, expected) => {
    await limit({ storageBytes: 1000 });
    await sizeOf(bytes - 100);
    await sizeOf(100);
    await sizeOf(5000, null);
    const outcome = await submit().then(
      () => 'accepted',
      (error: unknown) => (error as { code: string }).code,
    );
    expect(outcome).toBe(expected);
  });

  test('storage over the limit: the refusal has both figures, and a retry after an hour', async () => {
    await limit({ storageBytes: 1000 });
    await sizeOf(2 ** 40);
    await expect(submit()).rejects.toMatchObject({
      ...refusal('storageBytes', 1000, 2 ** 40),
      facts: { retryAfterSeconds: 3600 },
    });
  });

  describe('two submissions at once, with room for one', () => {
    test.each<Partial<Limits>>([{ jobsPerDay: 2 }, { openJobs: 2 }])('of %j: one is refused', async (limited) => {
      await limit(limited);
      await submit();
      await Promise.all(Array.from({ length: 8 }, () => store.counts())); // opens the connections
      const submitted = await Promise.allSettled(Array.from({ length: 8 }, () => submit()));
      expect(submitted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.counts()).toEqual({ queued: 2 });
    });

    test('of two people: both are accepted', async () => {
      await limit({ jobsPerDay: 1 });
      const bert = await people.add({ name: 'Bert', role: 'member', telegramId: 1002, invitedBy: null });
      await Promise.all([submit(anna), submit(bert.id)]);
      expect(await store.counts()).toEqual({ queued: 2 });
    });
  });

  describe('whose limits count', () => {
    test.each([
      ['an exception with a higher number: wins', { jobsPerDay: 3 }, 3],
      ['an exception without a limit: wins', { jobsPerDay: null }, 5],
      ['an exception of another limit: leaves the default', { openJobs: 100 }, 1],
      ['no exceptions: the default', {}, 1],
    ])('%s', async (_, exceptions, accepted) => {
      await limit({ jobsPerDay: 1 });
      await people.update(anna, { limits: exceptions });
      const submitted = await Promise.allSettled(Array.from({ length: 5 }, () => submit()));
      expect(submitted.filter(({ status }) => status === 'fulfilled')).toHaveLength(accepted);
    });

    test('an owner, also one with exceptions, and nobody: have none', async () => {
      await limit({ jobsPerDay: 1, openJobs: 1, storageBytes: 1 });
      await people.update(anna, { role: 'owner', limits: { jobsPerDay: 1 } });
      for (const personId of [anna, anna, null, null]) await submit(personId);
      expect(await store.counts()).toEqual({ queued: 4 });
    });

    test('somebody who was removed meanwhile: is refused', async () => {
      await people.remove(anna);
      await expect(submit()).rejects.toMatchObject({ code: 'unauthorized' });
    });
  });

  test('the uses of a person: are their own, beside their limits', async () => {
    await limit({ jobsPerDay: 5, storageBytes: 1000 });
    await people.update(anna, { limits: { jobsPerDay: 7 } });
    await submit();
    await cancelled(submit());
    await submit(null);
    await sizeOf(30);
    const person = await people.get(anna);
    expect(person && (await limits.usesOf(person))).toEqual({
      jobsPerDay: { limit: 7, used: 2 },
      storageBytes: { limit: 1000, used: 30 },
      openJobs: { limit: null, used: 1 },
    });
  });

  test('default limits: are none at first; a change leaves the others', async () => {
    expect(await defaultLimits.read()).toEqual(NO_LIMITS);
    await limit({ jobsPerDay: 5, openJobs: 2 });
    await limit({ jobsPerDay: null, storageBytes: 7 });
    expect(await defaultLimits.read()).toEqual({ jobsPerDay: null, storageBytes: 7, openJobs: 2 });
  });
});
