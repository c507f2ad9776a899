import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { createJobTrail } from '../../src/jobs/job-trail.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { itemFacts, startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

const CALLER = { caller: 'person:1' };
const FACTS = { ...itemFacts('1'), title: 'A film' };

eachDatabase((openDatabase) => {
  let lines: Record<string, unknown>[];
  let database: AppDatabase;
  let fixture: JobFixture;
  beforeEach(async () => {
    lines = [];
    const destination = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
    const onJobEvent = createJobTrail(createLogger({ service: 'test', destination }));
    database = await openDatabase();
    fixture = await startJobs(database, { onJobEvent });
  });
  afterEach(() => fixture.stop());

  const submit = (number: number) =>
    fixture.jobs.submit({ url: `https://example.com/${number}`, type: 'video' }, CALLER);
  const messages = () => lines.map(({ level, msg }) => `${String(level)} ${String(msg)}`);

  test('a job from its link to its item, with reports that come twice: has one line for each event, with its ids', async () => {
    const { id } = await submit(1);
    const work = await fixture.claim();
    await fixture.resolve(work);
    await fixture.report(work, { type: 'entered', state: 'downloading' });
    for (let time = 0; time < 2; time += 1) await fixture.report(work, { type: 'playable', facts: FACTS });
    await fixture.report(work, { type: 'entered', state: 'verifying' });
    await fixture.finish(work);
    expect(messages()).toEqual(
      ['queued', 'claimed', 'resolved', 'downloading', 'playable', 'verifying', 'ready'].map(
        (event) => `info job ${event}`,
      ),
    );
    expect(new Set(lines.map(({ jobId }) => jobId))).toEqual(new Set([id]));
    expect(lines.map(({ mediaId }) => mediaId)).toEqual([undefined, ...lines.slice(1).map(() => work.mediaId)]);
    expect(JSON.stringify(lines)).not.toContain('example.com');
  });

  test('a job that fails, is tried again, and is cancelled: has a line for each, with its problem', async () => {
    const { id } = await submit(1);
    const problem = { code: 'source-unreachable' } as const;
    await fixture.report(await fixture.claim(), { type: 'failed', problem });
    await fixture.jobs.retry(id, null);
    await fixture.report(await fixture.claim(), { type: 'failed', problem: { code: 'source-drm' } });
    await fixture.jobs.retry(id, null);
    await fixture.jobs.cancel(id);
    expect(messages()).toEqual([
      'info job queued',
      'info job claimed',
      'warn job postponed',
      'info job due',
      'info job claimed',
      'warn job failed',
      'info job retried',
      'info job cancelled',
    ]);
    expect(lines[2]).toMatchObject({ problem: 'source-unreachable', retries: 1 });
    expect(lines[5]).toMatchObject({ problem: 'source-drm' });
  });

  test('a parent job that is undone: has no line; one that is stored has a line for each child', async () => {
    const submitParent = () =>
      fixture.jobs.submitGroup({
        ...{ url: 'https://example.com/list', title: null, type: 'video', quality: 'best' },
        ...{ visibility: 'everyone', personId: null },
        children: [1, 2].map((number) => ({ url: `https://example.com/${number}`, title: null })),
      });
    const undone = database.transaction(async () => {
      await submitParent();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(lines).toEqual([]);
    const { id } = await submitParent();
    expect(lines.map(({ msg, parentId }) => [msg, parentId])).toEqual([
      ['job queued', id],
      ['job queued', id],
    ]);
  });
});
