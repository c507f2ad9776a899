import { Problem, type Job } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppDatabase } from '../../../src/database/app-database.ts';
import { toJobProblem } from '../../../src/jobs/job-problem.ts';
import type { StoredEvent } from '../../../src/jobs/job-lifecycle.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../../fixtures/job-fixture.ts';

const CALLER = { caller: 'person:1' };
const MINUTE_MS = 60_000;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let fixture: JobFixture;
  let events: StoredEvent['type'][];
  beforeEach(async () => {
    database = await openDatabase();
    events = [];
    fixture = await startJobs(database, { onJobEvent: (_job, { type }) => void events.push(type) });
  });
  afterEach(() => fixture.stop());

  const submit = (url: string): Promise<Job> => fixture.jobs.submit({ url, type: 'video' }, CALLER);
  const claimNext = () =>
    fixture.store.claim({ worker: 'w', instance: 'i', mediaId: `item-${events.length}`, now: Date.now() });
  const failNext = async (code: 'source-rate-limited' | 'source-captcha' | 'source-unreachable'): Promise<void> => {
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code } });
  };

  test.each(['source-rate-limited', 'source-captcha'] as const)(
    'a host that answers with %s: its other jobs wait as long, and say why; those of other hosts run',
    async (code) => {
      const [refused, waiting] = [await submit('https://busy.example/1'), await submit('https://busy.example/2')];
      const other = await submit('https://idle.example/3');
      await failNext(code);
      const found = await Promise.all([refused, waiting].map(({ id }) => fixture.jobs.get(id)));
      const [first, second] = found.map((job) => job?.retry);
      expect(second).toMatchObject({ problem: { code }, count: 0 });
      expect(second?.at).toBe(first?.at);
      expect(Date.parse(second?.at ?? '') - Date.now()).toBeGreaterThan(9 * MINUTE_MS);
      expect(await claimNext()).toMatchObject({ id: other.id });
      expect(await claimNext()).toBeUndefined();
      expect(events.filter((type) => type === 'rested')).toHaveLength(1);
    },
  );

  test('a new job of a host that rests: waits from the start, also as a child of a list', async () => {
    await submit('https://busy.example/1');
    await failNext('source-rate-limited');
    const late = await submit('https://busy.example/2');
    expect(late.retry).toMatchObject({ problem: { code: 'source-rate-limited' } });
    const list = await fixture.jobs.submitGroup({
      ...{ url: 'https://lists.example/', title: 'List', type: 'video', quality: 'best' },
      ...{ visibility: 'everyone', personId: null },
      children: ['https://busy.example/3', 'https://idle.example/4'].map((url) => ({ url, title: null })),
    });
    expect(list.state).toBe('queued');
    expect(await claimNext()).toMatchObject({ url: 'https://idle.example/4' });
    expect(await claimNext()).toBeUndefined();
  });

  test('when the rest is over: the jobs start in their order', async () => {
    const jobs = [await submit('https://busy.example/1'), await submit('https://busy.example/2')];
    await failNext('source-rate-limited');
    vi.useFakeTimers({ now: Date.now() + 13 * MINUTE_MS, toFake: ['Date'] });
    try {
      expect([(await claimNext())?.id, (await claimNext())?.id]).toEqual(jobs.map(({ id }) => id));
    } finally {
      vi.useRealTimers();
    }
  });

  test('a job whose own pause is longer: keeps it, and its own reason', async () => {
    const [own] = [await submit('https://busy.example/1'), await submit('https://busy.example/2')];
    await failNext('source-unreachable');
    const job = await fixture.store.get(own.id);
    const later = Date.now() + 60 * MINUTE_MS;
    const sooner = { notBefore: later - 1, problem: toJobProblem(new Problem('source-rate-limited')) };
    await fixture.store.rest('busy.example', { ...sooner, notBefore: (job?.notBefore ?? 0) - 1 });
    expect((await fixture.jobs.get(own.id))?.retry).toMatchObject({ problem: { code: 'source-unreachable' } });
    await fixture.store.rest('busy.example', sooner);
    expect((await fixture.jobs.get(own.id))?.retry).toMatchObject({ problem: { code: 'source-rate-limited' } });
  });

  test('a person who does not want to wait: starts that job alone', async () => {
    await submit('https://busy.example/1');
    const second = await submit('https://busy.example/2');
    await failNext('source-rate-limited');
    await fixture.jobs.retry(second.id, null);
    expect(await claimNext()).toMatchObject({ id: second.id });
    expect(await claimNext()).toBeUndefined();
  });

  test('a source that cannot be reached: lets the other jobs of its host run', async () => {
    await submit('https://busy.example/1');
    const second = await submit('https://busy.example/2');
    await failNext('source-unreachable');
    expect(await claimNext()).toMatchObject({ id: second.id });
  });
});
