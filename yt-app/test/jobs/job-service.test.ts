import type { Work } from '@linkcast/contracts';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { Events } from '../../src/events/events.ts';
import type { JobService } from '../../src/jobs/job-service.ts';
import type { SubmitOptions } from '../../src/jobs/submission/job-submission.ts';
import { createJobTwins } from '../../src/jobs/job-twins.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import type { JobRecord } from '../../src/jobs/job-table.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import type { WorkParts } from '../../src/work/work.ts';
import { startJobs, type JobFixture, type JobFixtureChanges } from '../fixtures/job-fixture.ts';
import { eventually } from '../fixtures/eventually.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const NEVER = new AbortController().signal;
  const LINK = { url: 'https://example.com/1', type: 'video' } as const;
  const CALLER = { caller: 'person:1' };
  const CLAIM = { worker: 'w', instance: 'i', kind: 'job', downloader: '2026.10.26' } as const;

  let database: AppDatabase;
  let fixture: JobFixture;
  let store: JobStore;
  let events: Events;
  let work: WorkParts;
  let items: ItemStore;
  let jobs: JobService;

  beforeEach(async () => {
    database = await openDatabase();
    fixture = await startJobs(database);
    ({ store, events, work, items, jobs } = fixture);
  });
  afterEach(() => fixture.stop());

  /** Starts again with other functions; `store` keeps the real ones. */
  async function restart(changes: JobFixtureChanges): Promise<void> {
    work.stop();
    await events.stop();
    fixture = await startJobs(database, changes);
    ({ events, work, items, jobs } = fixture);
  }

  describe('two requests at once', () => {
    test.each<[string, SubmitOptions, SubmitOptions]>([
      ['without keys', CALLER, CALLER],
      ['of two callers', CALLER, { caller: 'person:2' }],
      ['with one key', { ...CALLER, idempotencyKey: 'k' }, { ...CALLER, idempotencyKey: 'k' }],
      ['with two keys', { ...CALLER, idempotencyKey: 'k1' }, { ...CALLER, idempotencyKey: 'k2' }],
    ])('for the same link, %s: give one job with one event', async (_, first, second) => {
      await Promise.all([store.counts(), store.counts()]); // opens a connection for each
      const submitted = await Promise.all([jobs.submit(LINK, first), jobs.submit(LINK, second)]);
      expect(submitted[0].id).toBe(submitted[1].id);
      expect(await store.counts()).toEqual({ queued: 1 });
      expect(await events.log.readAfter(0, 10)).toMatchObject([{ event: { name: 'job', data: { state: 'queued' } } }]);
    });

    test('for two links with one key: one is refused, and gives no job', async () => {
      await Promise.all([store.counts(), store.counts()]); // opens a connection for each
      const keyed = { ...CALLER, idempotencyKey: 'k' };
      const submitted = await Promise.allSettled([
        jobs.submit(LINK, keyed),
        jobs.submit({ ...LINK, url: 'https://example.com/2' }, keyed),
      ]);
      const refusals = submitted.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
      expect(refusals).toMatchObject([{ code: 'idempotency-conflict' }]);
      expect(await store.counts()).toEqual({ queued: 1 });
    });
  });

  describe('a link that a person has sent privately', () => {
    const ANNA = { caller: 'person:anna', personId: 'anna' };
    const CARL = { caller: 'person:carl', personId: 'carl' };
    const secret = { ...LINK, visibility: 'mine' } as const;

    test('sent again by them: gives the same job', async () => {
      const { id, visibility } = await jobs.submit(secret, ANNA);
      expect(visibility).toBe('mine');
      expect(await jobs.submit(LINK, ANNA)).toMatchObject({ id, visibility: 'mine' });
    });

    test('sent by somebody else: gives a job of their own, which tells nothing of the first', async () => {
      const { id } = await jobs.submit(secret, ANNA);
      const other = await jobs.submit(LINK, CARL);
      expect(other).toMatchObject({ requesterId: 'carl', visibility: 'everyone' });
      expect(other.id).not.toBe(id);
    });

    test('because that is their preference: is private, unless the request says otherwise', async () => {
      const preferring = { ...ANNA, visibility: 'mine' } as const;
      expect(await jobs.submit(LINK, preferring)).toMatchObject({ visibility: 'mine' });
      const open = { ...LINK, url: 'https://example.com/open', visibility: 'everyone' } as const;
      expect(await jobs.submit(open, preferring)).toMatchObject({ visibility: 'everyone' });
    });

    test('and that somebody has sent for everyone: gives that job', async () => {
      const { id } = await jobs.submit(LINK, CARL);
      expect(await jobs.submit(secret, ANNA)).toMatchObject({ id, requesterId: 'carl', visibility: 'everyone' });
    });

    test('sent by nobody: is for everyone, because nobody else could see it', async () => {
      expect(await jobs.submit(secret, CALLER)).toMatchObject({ requesterId: null, visibility: 'everyone' });
    });

    test('with a key, of somebody else, and became private since: gives a new job for the same key', async () => {
      const { id } = await jobs.submit(LINK, ANNA);
      const keyed = { ...CARL, idempotencyKey: 'k' };
      expect(await jobs.submit(LINK, keyed)).toMatchObject({ id });
      await hide(id);
      const other = await jobs.submit(LINK, keyed);
      expect(other).toMatchObject({ requesterId: 'carl', visibility: 'everyone' });
      expect(other.id).not.toBe(id);
    });

    describe('found at the source by the same id as another link', () => {
      const source = { extractor: 'Site', sourceId: '1' };
      type Visibility = 'everyone' | 'mine';

      /** A ready job of Anna, with its item. */
      async function readyJob(visibility: Visibility): Promise<JobRecord> {
        const first = await store.insert({ ...aJob('first', 1), personId: 'anna', visibility });
        const claimed = await store.claim({ worker: 'w', instance: 'i', mediaId: mediaId(1), now: 0 });
        if (claimed?.id !== first.id) throw new Error('another job was claimed');
        await items.save(audioItem(1, { ...source, type: 'video', personId: 'anna', visibility }));
        return adopt(claimed, mediaId(1));
      }
      async function adopt(claimed: JobRecord, item: string): Promise<JobRecord> {
        const resolved = await store.apply(claimed, { type: 'resolved', title: null, liveSince: null, ...source });
        const facts = { handling: 'copied', bytes: 1, isPlayable: true, playableAt: 0, finishedAt: 0 } as const;
        const ready = await store.apply(resolved ?? claimed, { type: 'adopted', mediaId: item, ...facts });
        if (!ready) throw new Error('the item was not adopted');
        return ready;
      }

      test.each<[Visibility, string | null, Visibility, boolean]>([
        ['everyone', 'carl', 'everyone', true],
        ['everyone', 'carl', 'mine', true],
        ['mine', 'anna', 'mine', true],
        ['mine', 'anna', 'everyone', false], // others would get a job whose item they do not see
        ['mine', 'carl', 'mine', false],
        ['mine', null, 'everyone', false],
      ])('an item for %s, wanted by %s for %s: is adopted: %s', async (visibility, personId, wanted, isAdopted) => {
        const first = await readyJob(visibility);
        const second = await store.insert({ ...aJob('second', 2), personId, visibility: wanted });
        const found = await createJobTwins(database).findItem(second, source);
        expect(found?.mediaId).toBe(isAdopted ? first.mediaId : undefined);
      });

      test('an adopted item that became private: is downloaded again for whoever sends the link again', async () => {
        await readyJob('everyone');
        const { id } = await jobs.submit({ ...LINK, url: 'https://example.com/2' }, CARL);
        const claimed = await store.claim({ worker: 'w', instance: 'i', mediaId: 'x', now: 0 });
        if (claimed?.id !== id) throw new Error('another job was claimed');
        await adopt(claimed, mediaId(1));
        expect(await jobs.submit({ ...LINK, url: 'https://example.com/2' }, CARL)).toMatchObject({ id });
        await items.setVisibility(mediaId(1), 'mine');
        const again = await jobs.submit({ ...LINK, url: 'https://example.com/2' }, CARL);
        expect(again).toMatchObject({ state: 'queued', requesterId: 'carl' });
        expect(again.id).not.toBe(id);
      });
    });

    /** Makes a job private, as the change of its item does. */
    async function hide(id: string): Promise<void> {
      await sql`UPDATE jobs SET visibility = 'mine' WHERE id = ${id}`.execute(database.tables());
    }
  });

  test('a key whose job was cancelled: gives that job, and no new one', async () => {
    const keyed = { ...CALLER, idempotencyKey: 'k' };
    const { id } = await jobs.submit(LINK, keyed);
    await jobs.cancel(id);
    expect(await jobs.submit(LINK, keyed)).toMatchObject({ id, state: 'cancelled' });
    expect(await store.counts()).toEqual({ cancelled: 1 });
  });

  describe('a queued job that a worker claims while it is cancelled', () => {
    /** Starts a claim of a worker before the first cancellation is written. */
    function claimBeforeCancel(waitForClaim: (claiming: Promise<Work | null>) => Promise<unknown>) {
      const claimed = Promise.withResolvers<Work | null>();
      let hasClaimed = false;
      const apply: JobStore['apply'] = async (job, event) => {
        if (event.type === 'cancelled' && !hasClaimed) {
          hasClaimed = true;
          claimed.resolve(work.service.claim(CLAIM, NEVER).then((answer) => answer.work));
          await waitForClaim(claimed.promise);
        }
        return store.apply(job, event);
      };
      return { apply, claimed: claimed.promise };
    }

    /** Cancels the job as a worker claims it, and stops as that worker. */
    async function expectCancelled(id: string, claimed: Promise<Work | null>): Promise<void> {
      const cancelling = jobs.cancel(id);
      const given = await claimed;
      expect(given).toMatchObject({ kind: 'job', id, fence: 1 });
      expect(await work.service.renew(id, 1, NEVER)).toEqual({ isWanted: false });
      await work.service.report(id, { fence: 1, report: { type: 'stopped' } });
      expect(await cancelling).toMatchObject({ id, state: 'cancelled' });
      expect((await store.get(id))?.state).toBe('cancelled');
    }

    test('with an open lease: is cancelled when the worker has stopped', async () => {
      const { apply, claimed } = claimBeforeCancel((claiming) => claiming);
      await restart({ store: { apply } });
      const { id } = await jobs.submit(LINK, CALLER);
      await expectCancelled(id, claimed);
    });

    test('with a lease that opens after the cancellation: is cancelled when the worker has stopped', async () => {
      const cancelled = Promise.withResolvers<undefined>();
      const { apply, claimed } = claimBeforeCancel(() =>
        eventually(async () => expect(await store.counts()).toEqual({ resolving: 1 })),
      );
      const claim: JobStore['claim'] = async (options) => {
        const job = await store.claim(options);
        await cancelled.promise;
        return job;
      };
      await restart({ store: { apply, claim }, onCancel: () => cancelled.resolve(undefined) });
      const { id } = await jobs.submit(LINK, CALLER);
      await expectCancelled(id, claimed);
    });
  });

  test.each([
    ['anna', 0],
    ['owner', 1],
  ])('jobs of %s that reach none of three sites: pause the queue for %d reasons', async (personId, reasons) => {
    for (const site of ['one', 'two', 'three']) {
      await jobs.submit({ ...LINK, url: `https://${site}.example/` }, { caller: personId, personId });
      await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-unreachable' } });
    }
    expect(work.pause.reasons().size).toBe(reasons);
  });

  test('a running job whose failure is being stored while it is cancelled: is cancelled, not tried again', async () => {
    const found = Promise.withResolvers<undefined>();
    const postponing = Promise.withResolvers<undefined>();
    const revoking = Promise.withResolvers<undefined>();
    let isCancelling = false;
    const get: JobStore['get'] = async (id) => {
      const job = await store.get(id);
      if (isCancelling) {
        isCancelling = false;
        found.resolve(undefined); // the job, which runs
        await postponing.promise;
      }
      return job;
    };
    const apply: JobStore['apply'] = async (job, event) => {
      if (event.type === 'postponed') {
        postponing.resolve(undefined);
        await revoking.promise;
        await setImmediate(); // the lease is revoked
      }
      return store.apply(job, event);
    };
    await restart({ store: { apply, get }, onCancel: () => revoking.resolve(undefined) });
    const { id } = await jobs.submit(LINK, CALLER);
    const claimed = await fixture.claim();
    isCancelling = true;
    const cancelling = jobs.cancel(id);
    await found.promise;
    await fixture.report(claimed, { type: 'failed', problem: { code: 'source-unreachable' } });
    expect(await cancelling).toMatchObject({ id, state: 'cancelled' });
    expect(await store.get(id)).toMatchObject({ state: 'cancelled', notBefore: 0 });
  });
});

/** A job of its own link. */
function aJob(id: string, number: number) {
  const url = `https://example.com/${number}`;
  return {
    id,
    url,
    sourceKey: url,
    type: 'video',
    quality: 'best',
    mediaId: `media-${id}`,
    createdAt: number,
  } as const;
}
