import type { ItemFacts, JobWork } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const LINK = { url: 'https://live.example/channel', type: 'video' } as const;
  const CALLER = { caller: 'person:1' };
  const SOURCE = { title: 'A channel', uploader: null, extractor: 'Site', sourceId: 'channel', durationSeconds: null };
  const RECORDING: ItemFacts = {
    ...{ ...SOURCE, isLive: true, handling: 'copied', bytes: 10, hasPoster: false, hasFile: false },
    renditions: [{ name: 'video', kind: 'video', height: 360, codecs: 'avc1.64001e', bytes: 10, handling: 'copied' }],
    ...{ damage: null, recording: 'live', marks: [], files: [] },
  };

  let fixture: JobFixture;

  beforeEach(async () => {
    fixture = await startJobs(await openDatabase());
  });
  afterEach(() => fixture.stop());

  /** Brings a job as far as its recording can be played. */
  async function record(): Promise<JobWork> {
    await fixture.jobs.submit(LINK, CALLER);
    const work = await fixture.claim();
    await fixture.report(work, { type: 'resolved', facts: { ...SOURCE, isLive: true } });
    await fixture.report(work, {
      type: 'playable',
      facts: RECORDING,
    });
    return work;
  }
  const view = (id: string) => fixture.jobs.get(id);
  const renew = ({ id, fence }: JobWork) => fixture.work.service.renew(id, fence, AbortSignal.timeout(20));

  test('a live source: the job says since when it is recorded, and the item that it is live', async () => {
    const { id, mediaId } = await record();
    expect(await view(id)).toMatchObject({ state: 'downloading', playable: true, live: { isStopping: false } });
    expect(await fixture.items.get(mediaId)).toMatchObject({ state: 'playable', recording: 'live' });
  });

  test('a stop: reaches the worker at once, and what was recorded becomes the item', async () => {
    const work = await record();
    expect(await renew(work)).toEqual({ isWanted: true });
    const waiting = fixture.work.service.renew(work.id, work.fence, AbortSignal.timeout(60_000));
    expect(await fixture.jobs.stop(work.id)).toMatchObject({ state: 'downloading', live: { isStopping: true } });
    expect(await waiting).toEqual({ isWanted: true, isEnough: true });
    expect(await fixture.jobs.stop(work.id)).toMatchObject({ live: { isStopping: true } }); // again: no harm
    await fixture.finish(work, { recording: 'stopped' });
    expect(await view(work.id)).toMatchObject({ state: 'ready', live: null });
    expect(await fixture.items.get(work.mediaId)).toMatchObject({ state: 'ready', recording: 'stopped' });
  });

  test('a stop of anything else: is refused', async () => {
    const { id } = await fixture.jobs.submit(LINK, CALLER);
    await expect(fixture.jobs.stop(id)).rejects.toMatchObject({ code: 'conflict' });
    const work = await fixture.claim();
    await fixture.resolve(work);
    await expect(fixture.jobs.stop(id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(fixture.jobs.stop('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a worker that stops: the next claim goes on with the item, and knows of a stop meanwhile', async () => {
    const work = await record();
    await fixture.report(work, { type: 'stopped' });
    await fixture.jobs.stop(work.id);
    const { mediaId, isPlayable, live } = await fixture.claim();
    expect({ mediaId, isPlayable, live }).toEqual({
      mediaId: work.mediaId,
      isPlayable: true,
      live: { isStopped: true },
    });
  });

  test('a program that is killed: leaves the recording, and the job goes on at once', async () => {
    const work = await record();
    await fixture.report(work, { type: 'failed', problem: { code: 'program-killed' } });
    expect(await view(work.id)).toMatchObject({ state: 'queued', playable: true, retry: null });
    const again = await fixture.claim();
    expect(again).toMatchObject({ mediaId: work.mediaId, isPlayable: true, live: { isStopped: false } });
  });

  test('a program that is killed again and again: fails the job in the end', async () => {
    let work = await record();
    for (let count = 0; count < 4; count += 1) {
      await fixture.report(work, { type: 'failed', problem: { code: 'internal' } });
      work = await fixture.claim();
    }
    await fixture.report(work, { type: 'failed', problem: { code: 'internal' } });
    expect(await view(work.id)).toMatchObject({ state: 'failed' });
  });

  test('a cancelled recording: its item is deleted', async () => {
    const work = await record();
    const cancelling = fixture.jobs.cancel(work.id);
    await expect.poll(() => renew(work)).toEqual({ isWanted: false });
    await fixture.report(work, { type: 'stopped' });
    expect(await cancelling).toMatchObject({ state: 'cancelled', playable: false, live: null });
    expect(await fixture.items.get(work.mediaId)).toBeUndefined();
  });

  test('the same link after a recording: makes another one, and not a second while it lasts', async () => {
    const work = await record();
    expect((await fixture.jobs.submit(LINK, { caller: 'person:2' })).id).toBe(work.id);
    await fixture.jobs.stop(work.id);
    await fixture.finish(work, { recording: 'stopped' });
    const next = await fixture.jobs.submit(LINK, CALLER);
    expect(next.id).not.toBe(work.id);
    const claimed = await fixture.claim();
    expect(await fixture.report(claimed, { type: 'resolved', facts: { ...SOURCE, isLive: true } })).toBe(true);
    expect(await view(next.id)).toMatchObject({ state: 'downloading' });
  });
});
