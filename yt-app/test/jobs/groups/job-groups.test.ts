import type { Job, JobQuery, JobWork } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GroupRequest } from '../../../src/jobs/groups/group-submission.ts';
import { createJobReads } from '../../../src/jobs/job-reads.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../../fixtures/job-fixture.ts';

eachDatabase((openDatabase) => {
  const NOT_WANTED = 'source-private';
  let fixture: JobFixture;
  beforeEach(async () => {
    fixture = await startJobs(await openDatabase());
  });
  afterEach(() => fixture.stop());

  function playlist(videos: readonly string[], changes: Partial<GroupRequest> = {}): GroupRequest {
    return {
      ...{ url: 'https://example.com/list?name=a', title: 'A list', type: 'video', quality: 'best' },
      ...{ visibility: 'everyone', personId: null },
      children: videos.map((video) => ({ url: `https://example.com/${video}`, title: video })),
      ...changes,
    };
  }
  const submit = (...videos: string[]): Promise<Job> => fixture.jobs.submitGroup(playlist(videos));
  const single = (video: string): Promise<Job> =>
    fixture.jobs.submit({ url: `https://example.com/${video}`, type: 'video' }, { caller: 'somebody' });
  const job = async (id: string): Promise<Job> => {
    const found = await fixture.jobs.get(id);
    if (!found) throw new Error('no such job');
    return found;
  };
  const list = async (query: Partial<JobQuery> = {}) => fixture.jobs.list({ limit: 50, ...query }, 'everything');
  const childrenOf = async ({ id }: Job): Promise<Job[]> => (await list({ parent: id })).jobs;
  const run = async (end: 'ready' | 'failed'): Promise<JobWork> => {
    const work = await fixture.claim();
    if (end === 'failed') await fixture.report(work, { type: 'failed', problem: { code: NOT_WANTED } });
    else {
      await fixture.resolve(work);
      await fixture.finish(work);
    }
    return work;
  };
  /** The states of a job that its events tell, one after another. */
  const eventsOf = async (id: string): Promise<Job[]> =>
    (await fixture.events.log.readAfter(0, 1000)).flatMap(({ event }) =>
      event.name === 'job' && event.data.id === id ? [event.data] : [],
    );

  describe('a parent with three children', () => {
    test('is one job in the list, and its children are listed by their parent, in their order', async () => {
      await single('before');
      const parent = await submit('one', 'two', 'three');
      await single('after');
      expect(parent).toMatchObject({ state: 'queued', parentId: null, mediaId: null, title: 'A list' });
      expect(parent.children).toEqual({ total: 3, queued: 3, running: 0, ready: 0, failed: 0, cancelled: 0 });
      expect((await list()).jobs.map(({ url }) => url)).toEqual([
        'https://example.com/after',
        parent.url,
        'https://example.com/before',
      ]);
      const children = await childrenOf(parent);
      expect(children.map(({ title }) => title)).toEqual(['one', 'two', 'three']);
      expect(children).toMatchObject(Array(3).fill({ parentId: parent.id, children: null, state: 'queued' }));
    });

    test('is read page by page among the others, each job once', async () => {
      for (const video of ['a', 'b']) await single(video);
      const parents = [
        await submit('one', 'two'),
        await fixture.jobs.submitGroup(playlist(['x'], { url: 'https://example.com/other' })),
      ];
      await single('c');
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
        seen.push(...page.jobs.map(({ url }) => url.replace('https://example.com/', '')));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(['c', 'other', 'list?name=a', 'b', 'a']);
      const [first] = parents;
      const children = await list({ parent: first?.id ?? '', limit: 1 });
      expect(children.jobs.map(({ title }) => title)).toEqual(['one']);
      const next = await list({ parent: first?.id ?? '', limit: 1, cursor: children.nextCursor ?? '' });
      expect(next).toMatchObject({ jobs: [{ title: 'two' }], nextCursor: null });
    });

    test('is never given to a worker, and counts for no host and no queue', async () => {
      const parent = await submit('one', 'two', 'three');
      const claimed = [await fixture.claim(), await fixture.claim(), await fixture.claim()];
      expect(claimed.map(({ url }) => url)).toEqual((await childrenOf(parent)).map(({ url }) => url));
      expect(await fixture.store.counts()).toEqual({ resolving: 3 });
      expect(await fixture.store.leased()).toHaveLength(3);
    });

    test('shows the progress of the whole, and ends once, when the last child has ended', async () => {
      const parent = await submit('one', 'two', 'three');
      await run('ready');
      const running = await fixture.claim();
      await fixture.resolve(running);
      const progress = { ratio: 0.5, bytes: 7, totalBytes: 14, bytesPerSecond: 2, etaSeconds: 3 };
      await fixture.report(running, { type: 'progress', progress });
      expect(await job(parent.id)).toMatchObject({
        state: 'downloading',
        progress: { ratio: 0.5, bytes: 17, bytesPerSecond: 2 },
        children: { total: 3, queued: 1, running: 1, ready: 1 },
        finishedAt: null,
      });
      await fixture.finish(running);
      await run('failed');
      const end = await job(parent.id);
      expect(end).toMatchObject({ state: 'ready', progress: { ratio: 1 }, children: { ready: 2, failed: 1 } });
      expect(Date.parse(end.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(end.startedAt ?? ''));
      expect((await eventsOf(parent.id)).filter(({ finishedAt }) => finishedAt !== null)).toHaveLength(1);
    });

    test('of which all fail: has failed, with the problem of the first', async () => {
      const parent = await submit('one', 'two');
      await run('failed');
      await run('failed');
      expect(await job(parent.id)).toMatchObject({ state: 'failed', problem: { code: NOT_WANTED } });
      expect((await list({ state: 'failed' })).jobs.map(({ id }) => id)).toEqual([parent.id]);
    });
  });

  describe('children that end at the same time', () => {
    test('end their parent once', async () => {
      const parent = await submit('one', 'two', 'three');
      const works = [await fixture.claim(), await fixture.claim(), await fixture.claim()];
      await Promise.all(works.map((work) => fixture.report(work, { type: 'failed', problem: { code: NOT_WANTED } })));
      expect(await job(parent.id)).toMatchObject({ state: 'failed', children: { failed: 3 } });
      expect((await eventsOf(parent.id)).filter(({ finishedAt }) => finishedAt !== null)).toHaveLength(1);
    });
  });

  describe('a cancelled parent', () => {
    /** Stops as the worker of a job, when that is to be stopped. */
    const stopWhenUnwanted = async (work: JobWork): Promise<void> => {
      await fixture.work.service.renew(work.id, work.fence, new AbortController().signal);
      await fixture.report(work, { type: 'stopped' });
    };

    test('cancels its children that wait or run; those that have ended stay', async () => {
      const parent = await submit('one', 'two', 'three');
      const ready = await run('ready');
      const running = await fixture.claim();
      const [cancelled] = await Promise.all([fixture.jobs.cancel(parent.id), stopWhenUnwanted(running)]);
      expect(cancelled).toMatchObject({ state: 'cancelled', children: { ready: 1, cancelled: 2 } });
      expect(await job(ready.id)).toMatchObject({ state: 'ready' });
      await expect(fixture.jobs.cancel(parent.id)).rejects.toMatchObject({ code: 'conflict' });
    });

    test('whose running child fails after those that wait were cancelled: has no child that is tried again', async () => {
      await fixture.stop();
      const database = await openDatabase();
      const reads = createJobReads(database);
      let running: JobWork | undefined;
      fixture = await startJobs(database, {
        store: {
          async childrenIn(id, states) {
            const children = await reads.childrenIn(id, states);
            if (running && states.includes('queued')) {
              const failing = running;
              running = undefined;
              await fixture.report(failing, { type: 'failed', problem: { code: 'source-unreachable' } });
            }
            return children;
          },
        },
      });
      const parent = await submit('one', 'two');
      running = await fixture.claim();
      expect(await fixture.jobs.cancel(parent.id)).toMatchObject({ state: 'cancelled', children: { cancelled: 2 } });
    });

    test('while its last child ends: is ready, and the child stays ready', async () => {
      const parent = await submit('one');
      const work = await fixture.claim();
      await fixture.resolve(work);
      const cancelling = fixture.jobs.cancel(parent.id);
      await fixture.finish(work); // the worker had not heard of it
      expect(await cancelling).toMatchObject({ state: 'ready', children: { ready: 1, cancelled: 0 } });
    });

    test('retried: runs its cancelled and failed children again, not the ready ones', async () => {
      const parent = await submit('one', 'two', 'three');
      await run('ready');
      await run('failed');
      await fixture.jobs.cancel(parent.id);
      expect(await fixture.jobs.retry(parent.id, null)).toMatchObject({
        state: 'downloading',
        children: { ready: 1, queued: 2, cancelled: 0 },
      });
      await run('ready');
      await run('ready');
      expect(await job(parent.id)).toMatchObject({ state: 'ready', children: { ready: 3 } });
      await expect(fixture.jobs.retry(parent.id, null)).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  test('one child that is retried alone: opens its parent again', async () => {
    const parent = await submit('one', 'two');
    const failed = await run('failed');
    await run('ready');
    expect((await job(parent.id)).state).toBe('ready');
    await fixture.jobs.retry(failed.id, null);
    expect(await job(parent.id)).toMatchObject({ state: 'downloading', finishedAt: null });
  });

  test('a list with the same video twice: makes one child of it; an open list is not added twice', async () => {
    const parent = await submit('one', 'one?utm_source=x', 'two');
    expect(parent.children?.total).toBe(2);
    expect((await submit('one', 'two', 'three')).id).toBe(parent.id);
    expect((await list()).jobs).toHaveLength(1);
  });

  test('a list with a forbidden link: is refused as a whole', async () => {
    const request = playlist(['one'], {
      children: [
        { url: 'https://example.com/one', title: null },
        { url: 'http://192.168.0.1/', title: null },
      ],
    });
    await expect(fixture.jobs.submitGroup(request)).rejects.toMatchObject({ code: 'source-forbidden' });
    expect((await list()).jobs).toEqual([]);
  });

  test('a key of one person, used for another by the same caller: does not give them the private parent', async () => {
    const key = { caller: 'service:bot', key: 'a' };
    const ask = (personId: string): Promise<Job> =>
      fixture.jobs.submitGroup(playlist(['x', 'y'], { personId, visibility: 'mine', idempotencyKey: key }));
    const annas = await ask('anna');
    expect((await ask('anna')).id).toBe(annas.id);
    expect((await ask('bert')).id).not.toBe(annas.id);
  });

  test('a child of the same source as a single job: makes no second item', async () => {
    await single('one');
    const parent = await submit('one');
    const [first, child] = [await fixture.claim(), await fixture.claim()];
    expect(await fixture.resolve(first)).toBe(true);
    expect(await fixture.resolve(child)).toBe(false);
    await fixture.finish(first);
    expect(await fixture.resolve(await fixture.claim())).toBe(false);
    expect((await job(parent.id)).state).toBe('ready');
    expect(await fixture.items.ids()).toEqual([first.mediaId]);
  });

  test('people take turns between the children of one and the jobs of another', async () => {
    await fixture.jobs.submitGroup(playlist(['one', 'two', 'three'], { personId: 'anna' }));
    await fixture.jobs.submit({ url: 'https://example.com/carl', type: 'video' }, { caller: 'carl', personId: 'carl' });
    const claimed = [await fixture.claim(), await fixture.claim(), await fixture.claim()];
    expect(claimed.map(({ url }) => url.replace('https://example.com/', ''))).toEqual(['one', 'carl', 'two']);
  });

  test('a private list: is seen by its person alone, as are its children', async () => {
    const parent = await fixture.jobs.submitGroup(playlist(['one'], { personId: 'anna', visibility: 'mine' }));
    const seenBy = async (personId: string) => {
      const viewer = { personId, role: 'member' } as const;
      const { jobs: top } = await fixture.jobs.list({ limit: 10 }, viewer);
      const { jobs: children } = await fixture.jobs.list({ limit: 10, parent: parent.id }, viewer);
      return [top.length, children.length];
    };
    expect(await seenBy('anna')).toEqual([1, 1]);
    expect(await seenBy('carl')).toEqual([0, 0]);
  });
});
