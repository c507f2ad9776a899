import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

eachDatabase((openDatabase) => {
  let fixture: JobFixture;
  const missing: number[] = [];
  afterEach(async () => {
    missing.length = 0;
    await fixture.stop();
  });

  const start = async () => {
    fixture = await startJobs(await openDatabase(), { roomBytes: 1000, onRoomMissing: (bytes) => missing.push(bytes) });
  };
  const claimNew = async (name: string) => {
    await fixture.jobs.submit({ url: `https://example.com/${name}`, type: 'video' }, { caller: 'person:1' });
    return fixture.claim();
  };
  const source = (name: string) => ({ extractor: 'Site', sourceId: name });

  test('two jobs at once whose estimates together exceed the limit: one downloads, the other one waits', async () => {
    await start();
    const [first, second] = [await claimNew('first'), await claimNew('second')];
    const answers = await Promise.all([
      fixture.resolve(first, source('first'), 600),
      fixture.resolve(second, source('second'), 600),
    ]);
    expect(answers.toSorted()).toEqual([false, true]);
    expect(missing).toEqual([200]);
    expect(fixture.work.reservations.outstandingBytes()).toBe(600);
    const states = await Promise.all([first, second].map(async ({ id }) => fixture.store.get(id)));
    expect(states.map((job) => job?.state).toSorted()).toEqual(['downloading', 'queued']);
    expect(states.find((job) => job?.state === 'queued')?.problem).toMatchObject({ code: 'storage-full' });
  });

  test('a download that has written a part of its estimate: reserves the rest, and nothing after its end', async () => {
    await start();
    const first = await claimNew('first');
    await fixture.resolve(first, source('first'), 600);
    const progress = { ratio: 0.5, bytes: 450, totalBytes: 600, bytesPerSecond: 1, etaSeconds: 1 };
    await fixture.report(first, { type: 'progress', progress });
    expect(fixture.work.reservations.outstandingBytes()).toBe(150);
    const second = await claimNew('second');
    expect(await fixture.resolve(second, source('second'), 850)).toBe(true);
    await fixture.finish(first);
    expect(fixture.work.reservations.outstandingBytes()).toBe(850);
  });

  test('a job of unknown size: reserves nothing, and starts', async () => {
    await start();
    const job = await claimNew('first');
    expect(await fixture.resolve(job, source('first'), null)).toBe(true);
    expect(fixture.work.reservations.outstandingBytes()).toBe(0);
  });
});
