import { itemView } from '../../src/library/items/item-view.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

const FILE = { id: 'a'.repeat(20), title: 'Holiday', type: 'video', personId: 'anna', visibility: null } as const;
const OTHER = { ...FILE, id: 'b'.repeat(20), title: 'Birthday' } as const;

eachDatabase((openDatabase) => {
  let fixture: JobFixture;
  beforeEach(async () => {
    fixture = await startJobs(await openDatabase());
  });
  afterEach(() => fixture.stop());

  test('a whole file, submitted twice at once: has one job, with its title', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => fixture.jobs.submitOwnFile(FILE)));
    expect(second?.id).toBe(first?.id);
    expect(first).toMatchObject({ state: 'queued', title: 'Holiday', requesterId: 'anna', visibility: 'everyone' });
    expect((await fixture.jobs.ofOwnFile(FILE.id))?.id).toBe(first?.id);
    expect(await fixture.jobs.ofOwnFile(OTHER.id)).toBeUndefined();
    expect(await fixture.claim()).toMatchObject({ title: 'Holiday', url: `upload://${FILE.id}` });
  });

  test('its item: shows no source, and its job stays the only one after it is ready', async () => {
    const { id } = await fixture.jobs.submitOwnFile(FILE);
    const work = await fixture.claim();
    await fixture.resolve(work);
    await fixture.finish(work);
    const item = await fixture.items.get(work.mediaId);
    expect(item && itemView(item).sourceUrl).toBeNull();
    expect(await fixture.jobs.submitOwnFile(FILE)).toMatchObject({ id, state: 'ready' });
  });

  test('its source: is no link that anybody can send', async () => {
    const { url } = await fixture.jobs.submitOwnFile(FILE);
    const submitted = fixture.jobs.submit({ url, type: 'audio' }, { caller: 'person:boris' });
    await expect(submitted).rejects.toMatchObject({ code: 'invalid-url' });
  });

  test('several files: are claimed together, although a host may run one job', async () => {
    await fixture.jobs.submitOwnFile(FILE);
    await fixture.jobs.submitOwnFile(OTHER);
    const rules = { worker: 'w', instance: 'i', now: Date.now() + 1000, mostPerHost: 1 };
    const claims = [];
    for (const mediaId of ['c', 'd']) claims.push(await fixture.store.claim({ ...rules, mediaId: mediaId.repeat(20) }));
    expect(claims.map((job) => job?.title)).toEqual(['Holiday', 'Birthday']);
  });
});
