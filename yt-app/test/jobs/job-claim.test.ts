import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import type { JobRecord } from '../../src/jobs/job-table.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: JobStore;
  let now: number;
  beforeEach(async () => {
    database = await openDatabase();
    store = storesOf(database).jobs;
    now = 1000;
  });
  afterEach(() => database.close());

  /** `anna@example.com`: the job of a person from a host; `@example.com`: nobody's. The name of the job comes first. */
  async function queue(...jobs: string[]): Promise<void> {
    for (const job of jobs) {
      const [, id = '', person = '', host = ''] = /^(\S+) (\w*)@(\S+)$/.exec(job) ?? [];
      await store.insert({
        ...{ id, mediaId: id, type: 'video', quality: 'best', createdAt: 0 },
        ...{ url: `https://${host}/${id}`, sourceKey: id, personId: person === '' ? null : person },
      });
    }
  }
  const claim = (mostPerHost = 0): Promise<JobRecord | undefined> =>
    store.claim({ worker: 'w', instance: 'i', mediaId: 'm', now: ++now, mostPerHost });
  async function claimAll(most = 100, mostPerHost = 0): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < most) {
      const job = await claim(mostPerHost);
      if (!job) break;
      ids.push(job.id);
    }
    return ids;
  }
  /** Ends a job that a worker has. */
  async function end(id: string): Promise<void> {
    const job = await store.get(id);
    if (!job || !(await store.apply(job, { type: 'failed', problem: null, finishedAt: 0 }))) throw new Error(id);
  }
  /** Claims one job after another; each ends before the next claim. */
  async function runAll(): Promise<string[]> {
    const ids: string[] = [];
    for (let job = await claim(); job; job = await claim()) {
      ids.push(job.id);
      await end(job.id);
    }
    return ids;
  }

  describe('the order of claims', () => {
    describe.each([
      ['while all claimed ones run', () => claimAll()],
      ['when each ends before the next claim', () => runAll()],
    ])('%s', (_situation, run) => {
      test.each<[string, string[], string[]]>([
        ['of one person: that of their submission', ['a1 anna@x', 'a2 anna@y', 'a3 anna@x'], ['a1', 'a2', 'a3']],
        [
          'of three people: one of each after another',
          ['a1 anna@x', 'a2 anna@x', 'a3 anna@x', 'b1 bert@x', 'b2 bert@x', 'c1 cleo@x'],
          ['a1', 'b1', 'c1', 'a2', 'b2', 'a3'],
        ],
        [
          'with jobs of nobody: they take turns as one person',
          ['n1 @x', 'n2 @x', 'n3 @x', 'a1 anna@x', 'a2 anna@x'],
          ['n1', 'a1', 'n2', 'a2', 'n3'],
        ],
      ])('%s', async (_, jobs, expected) => {
        await queue(...jobs);
        expect(await run()).toEqual(expected);
      });
    });

    test("one person's 100 jobs, and another's one that comes last: is claimed second", async () => {
      await queue(...Array.from({ length: 100 }, (_, number) => `a${number} anna@x`));
      await queue('b bert@x');
      expect(await claimAll(3)).toEqual(['a0', 'b', 'a1']);
    });

    test('somebody with fewer running jobs: is first, also when their last claim was later', async () => {
      await queue('a1 anna@x', 'a2 anna@x', 'a3 anna@x');
      expect(await claimAll(2)).toEqual(['a1', 'a2']);
      await queue('b1 bert@x', 'b2 bert@x');
      expect(await claimAll(2)).toEqual(['b1', 'b2']); // at the second claim one runs of Bert, two of Anna
    });

    test('a job that waits again: keeps its place among the jobs of its person', async () => {
      await queue('a1 anna@x', 'a2 anna@x');
      const first = await claim();
      if (first) await store.apply(first, { type: 'requeued', attempt: 1 });
      expect((await claim())?.id).toBe('a1');
    });
  });

  describe('priority', () => {
    test("brings a job before the others of its person, and before nobody else's", async () => {
      await queue('a1 anna@x', 'a2 anna@x', 'a3 anna@x', 'b1 bert@x', 'b2 bert@x');
      await claim();
      for (const id of ['a2', 'a3']) await store.setPriority(id, 1);
      expect(await claimAll()).toEqual(['b1', 'a2', 'b2', 'a3']);
    });

    test('that was taken back, and at a start of the API: has no effect', async () => {
      await queue('a1 anna@x', 'a2 anna@x', 'a3 anna@x');
      await store.setPriority('a2', 1);
      await store.setPriority('a2', 0);
      await store.setPriority('a3', 1);
      await store.clearPriorities();
      expect(await claimAll()).toEqual(['a1', 'a2', 'a3']);
    });

    test('of a job that was claimed: is over; one that runs gets none', async () => {
      await queue('a1 anna@x');
      await store.setPriority('a1', 1);
      expect(await claim()).toMatchObject({ id: 'a1', priority: 0 });
      await store.setPriority('a1', 1);
      expect(await store.get('a1')).toMatchObject({ priority: 0 });
    });
  });

  describe('the limit of jobs for each host', () => {
    test('with two running jobs of a host: the next one is of another host, whoever sent it', async () => {
      await queue('a1 anna@x', 'a2 anna@www.x', 'a3 anna@x', 'a4 anna@y', 'b1 bert@x.');
      expect(await claimAll(100, 2)).toEqual(['a1', 'b1', 'a4']);
      await end('b1');
      expect(await claimAll(100, 2)).toEqual(['a2']);
      expect(await claimAll(100, 3)).toEqual(['a3']);
    });

    test('0: any number', async () => {
      await queue(...Array.from({ length: 5 }, (_, number) => `a${number} anna@x`));
      expect(await claimAll()).toHaveLength(5);
    });
  });

  describe('trials during a pause, whose jobs fail and are due again at once', () => {
    const trial = async (): Promise<string | undefined> => {
      const job = await store.claim({ worker: 'w', instance: 'i', mediaId: 'm', now: ++now, isTrial: true });
      const problem = { code: 'source-unreachable', facts: {} } as const;
      if (job) await store.apply(job, { type: 'postponed', problem, attempt: 0, retries: 0, notBefore: now });
      return job?.id;
    };
    const trials = async (count: number) => {
      const ids: (string | undefined)[] = [];
      while (ids.length < count) ids.push(await trial());
      return ids;
    };

    test('of one person: all their jobs have a trial before one has the second', async () => {
      await queue('a1 anna@dead', 'a2 anna@x', 'a3 anna@y');
      await store.setPriority('a1', 1);
      expect(await trials(6)).toEqual(['a1', 'a2', 'a3', 'a1', 'a2', 'a3']);
    });

    test("of two people: each has every second trial, and a new job comes before one's earlier ones", async () => {
      await queue('a1 anna@dead', 'a2 anna@dead', 'b1 bert@x');
      expect(await trials(4)).toEqual(['a1', 'b1', 'a2', 'b1']);
      await queue('a3 anna@y');
      expect(await trials(4)).toEqual(['a3', 'b1', 'a1', 'b1']);
    });
  });

  test('a job with a time: is claimed from that time on, and others meanwhile', async () => {
    await queue('a1 anna@x', 'a2 anna@x');
    await sql`UPDATE jobs SET not_before = 1003 WHERE id = 'a1'`.execute(database.tables());
    expect((await claim())?.id).toBe('a2'); // at 1001
    expect(await claim()).toBeUndefined();
    expect((await claim())?.id).toBe('a1'); // at 1003
  });

  test('a job with a time that a clock has written while it was days ahead: is claimed now', async () => {
    await queue('a1 anna@x', 'a2 anna@x');
    await sql`UPDATE jobs SET not_before = ${now + 3 * 86_400_000} WHERE id = 'a1'`.execute(database.tables());
    await sql`UPDATE jobs SET not_before = ${now + 3_600_000} WHERE id = 'a2'`.execute(database.tables());
    expect(await store.countDue(now)).toBe(1);
    expect((await claim())?.id).toBe('a1');
    expect(await claim()).toBeUndefined();
  });

  describe('claims at once', () => {
    test('by many workers: no job is given out twice, and no host has more than its limit', async () => {
      await queue(...Array.from({ length: 20 }, (_, number) => `j${number} p${number % 3}@h${number % 4}`));
      await Promise.all(Array.from({ length: 10 }, () => store.counts())); // opens the connections
      const claimed = (await Promise.all(Array.from({ length: 20 }, () => claim(2)))).flatMap((job) => job ?? []);
      expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length);
      const perHost = Map.groupBy(claimed, ({ host }) => host);
      expect([...perHost].map(([host, jobs]) => [host, jobs.length]).toSorted()).toEqual([
        ['h0', 2],
        ['h1', 2],
        ['h2', 2],
        ['h3', 2],
      ]);
    });

    test('of two people with many jobs: each gets half', async () => {
      await queue(...Array.from({ length: 20 }, (_, number) => `a${number} anna@x`));
      await queue(...Array.from({ length: 5 }, (_, number) => `b${number} bert@x`));
      await Promise.all(Array.from({ length: 10 }, () => store.counts())); // opens the connections
      const claimed = await Promise.all(Array.from({ length: 10 }, () => claim()));
      const people = Map.groupBy(claimed, (job) => job?.personId);
      expect([people.get('anna')?.length, people.get('bert')?.length]).toEqual([5, 5]);
    });
  });

  test('a claim while the first job is being cancelled: takes the next one, and does not wait', async () => {
    await queue('a1 anna@x', 'a2 anna@x');
    const first = await store.get('a1');
    const isCancelled = Promise.withResolvers<undefined>();
    const claiming = isCancelled.promise.then(() => claim()); // outside of the transaction
    await database.transaction(async () => {
      if (first) await store.apply(first, { type: 'cancelled', finishedAt: 0 });
      isCancelled.resolve(undefined);
      if (database.kind === 'postgres') await claiming; // on SQLite it waits for the transaction
    });
    expect((await claiming)?.id).toBe('a2');
  });
});
