import type { JobState } from '@linkcast/contracts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { LEASED_STATES, transition, type JobEvent, type JobEventType } from '../../src/jobs/job-lifecycle.ts';
import { jobView } from '../../src/jobs/job-view.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import type { JobRecord } from '../../src/jobs/job-table.ts';
import { randomId } from '../../src/random-id.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  const STATES: readonly JobState[] = ['queued', ...LEASED_STATES, 'ready', 'failed', 'cancelled'];
  const NOT_PLAYABLE = { isPlayable: false, playableAt: null, handling: null };
  const problem: JobRecord['problem'] = { code: 'internal', facts: {} };

  const time = fc.nat();
  const bytes = fc.nat();
  const mediaId = fc.constant(null).map(() => randomId());
  const name = fc.string({ maxLength: 10 });
  const handling = fc.constantFrom('copied' as const, 'encoded' as const);
  const isPlayable = fc.constant(true);
  const only = <Type extends JobEventType>(type: Type) => fc.constant(type);

  const events: fc.Arbitrary<JobEvent> = fc.oneof(
    fc.record({ type: only('claimed'), worker: name, instance: name, mediaId, startedAt: time, claimedAt: time }),
    fc.record({
      ...{ type: only('resolved'), title: name, extractor: fc.option(name), sourceId: fc.option(name) },
      liveSince: fc.option(time),
    }),
    fc.record({ type: only('stopping'), isStopping: fc.constant(true) }),
    fc.record({ type: only('adopted'), mediaId, handling, bytes, isPlayable, playableAt: time, finishedAt: time }),
    fc.record({ type: fc.constantFrom('downloading' as const, 'converting' as const, 'verifying' as const) }),
    fc.record({ type: only('playable'), handling, isPlayable, playableAt: time }),
    fc.record({ type: only('completed'), handling, bytes, isPlayable, finishedAt: time }),
    fc.record({ type: only('recovered'), handling, bytes, isPlayable, finishedAt: time }),
    fc.record({ type: only('repaired'), mediaId, handling, bytes, isPlayable, playableAt: time, finishedAt: time }),
    fc.record({ type: only('failed'), problem: fc.constant(problem), finishedAt: time }),
    fc.record({ type: only('cancelled'), finishedAt: time }),
    fc.record({ type: only('requeued'), attempt: fc.nat() }),
    fc.record({
      ...{ type: only('postponed'), attempt: fc.nat(), retries: fc.nat() },
      ...{ notBefore: time, problem: fc.constant(problem) },
    }),
    fc.record({ type: only('due') }),
    fc.record({ type: only('retried'), mediaId, submittedAt: time }),
  );

  let database: AppDatabase;
  let store: JobStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = storesOf(database).jobs;
  });
  afterEach(() => database.close());

  function insertJob(): Promise<JobRecord> {
    const id = randomId();
    const url = `https://example.com/${id}`;
    return store.insert({ id, type: 'video', url, sourceKey: url, quality: 'best', mediaId: randomId(), createdAt: 1 });
  }

  /** The states in which the table allows an event. */
  function statesFor(event: JobEvent): JobState[] {
    return STATES.filter((state) => transition(state, event) !== undefined);
  }

  describe('random events', () => {
    const eachStep = (check: (before: JobRecord, event: JobEvent, after: JobRecord) => void): Promise<void> =>
      fc.assert(
        fc.asyncProperty(fc.array(events, { maxLength: 30 }), async (sequence) => {
          let job = await insertJob();
          for (const event of sequence) {
            const after = (await store.apply(job, event)) ?? (await store.get(job.id)) ?? job;
            check(job, event, after);
            job = after;
          }
        }),
        { numRuns: 60 },
      );

    test('any sequence: the store writes what the transition table allows, and nothing else', async () => {
      await eachStep((before, event, after) => {
        expect(after).toEqual({ ...before, ...transition(before.state, event) });
      });
    });

    test('a job in a final state: leaves it by a retry only, and never leaves ready', async () => {
      await eachStep((before, event, after) => {
        if (before.state === 'ready') expect(after).toEqual(before);
        else if (before.state === 'failed' || before.state === 'cancelled')
          expect(after.state).toBe(event.type === 'retried' ? 'queued' : before.state);
      });
    });

    test('a job that runs, or was cancelled: does not wait for a next try', async () => {
      await eachStep((_before, _event, after) => {
        if (after.state !== 'queued' && after.state !== 'failed')
          expect(after).toMatchObject({ notBefore: 0, problem: null });
      });
    });

    test('a job that does not continue: is not playable; a retried job: starts without earlier facts', async () => {
      await eachStep((before, event, after) => {
        if (after.state === 'failed' || after.state === 'cancelled' || after.state === 'queued')
          expect(after).toMatchObject(NOT_PLAYABLE);
        if (event.type === 'retried' && after.state !== before.state)
          expect(after).toMatchObject({
            ...{ attempt: 0, retries: 0, bytes: 0, notBefore: 0 },
            ...{ problem: null, startedAt: null, finishedAt: null },
          });
      });
    });
  });

  test.each<[JobEvent, JobState[]]>([
    [{ type: 'downloading' }, ['resolving', 'downloading']],
    [{ type: 'converting' }, ['downloading', 'converting']],
    [{ type: 'verifying' }, ['downloading', 'converting', 'verifying']],
    [{ type: 'cancelled', finishedAt: 1 }, ['queued', ...LEASED_STATES]],
    [{ type: 'failed', problem, finishedAt: 1 }, [...LEASED_STATES]],
    [{ type: 'requeued', attempt: 1 }, [...LEASED_STATES]],
    [{ type: 'postponed', problem, attempt: 1, retries: 1, notBefore: 1 }, [...LEASED_STATES]],
    [{ type: 'due' }, ['queued']],
    [{ type: 'retried', mediaId: 'x', submittedAt: 1 }, ['failed', 'cancelled']],
  ])('the event %j: is allowed in the states %j only', (event, states) => {
    expect(statesFor(event)).toEqual(states);
  });

  const claim = { worker: 'w', instance: 'i', now: 1 };

  test('a clock that is set back: the times that are shown stay in order', async () => {
    const job = { ...(await insertJob()), createdAt: 5000, startedAt: 4000, playableAt: null, finishedAt: 3000 };
    const at = new Date(5000).toISOString();
    expect(jobView(job, undefined)).toMatchObject({ createdAt: at, startedAt: at, playableAt: null, finishedAt: at });
  });

  test('claims of a job: are counted, also when a requeue took back the attempt', async () => {
    await insertJob();
    const first = await store.claim({ ...claim, mediaId: randomId() });
    expect(first).toMatchObject({ state: 'resolving', attempt: 1, fence: 1, startedAt: 1 });
    if (first) await store.apply(first, { type: 'requeued', attempt: 0 });
    expect(await store.claim({ ...claim, mediaId: randomId() })).toMatchObject({ attempt: 1, fence: 2 });
  });

  describe('a job that has changed since it was read', () => {
    test('in another state meanwhile: the event is refused, and nothing is written', async () => {
      const queued = await insertJob();
      const cancelled = await store.apply(queued, { type: 'cancelled', finishedAt: 2 });
      expect(await store.apply(queued, { type: 'cancelled', finishedAt: 3 })).toBeUndefined();
      expect(await store.get(queued.id)).toEqual(cancelled);
    });

    test('claimed by another worker meanwhile: the event of the first is refused', async () => {
      await insertJob();
      const first = await store.claim({ ...claim, mediaId: randomId() });
      if (!first) throw new Error('no job was claimed');
      await store.apply(first, { type: 'requeued', attempt: 1 });
      const second = await store.claim({ ...claim, mediaId: randomId() });
      expect(second).toMatchObject({ id: first.id, state: first.state, fence: first.fence + 1 });
      expect(await store.apply(first, { type: 'downloading' })).toBeUndefined();
      expect(await store.get(first.id)).toEqual(second);
    });
  });
});
