import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Collection, Viewer } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GroupRequest } from '../../../src/jobs/groups/group-submission.ts';
import type { AppDatabase } from '../../../src/database/app-database.ts';
import { countRows } from '../../fixtures/count-rows.ts';
import { eachDatabase } from '../../fixtures/each-database.ts';
import { eventually } from '../../fixtures/eventually.ts';
import { itemFacts, startJobs, type JobFixture } from '../../fixtures/job-fixture.ts';

const ANNA = 'anna';
const FACTS = itemFacts('two');
const LIST = 'https://example.com/list?name=a';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let fixture: JobFixture;
  beforeEach(async () => {
    database = await openDatabase();
    fixture = await startJobs(database);
  });
  afterEach(() => fixture.stop());

  const submit = (videos: readonly string[], changes: Partial<GroupRequest> = {}) =>
    fixture.jobs.submitGroup({
      ...{ url: LIST, title: 'A list', type: 'video', quality: 'best', visibility: 'everyone', personId: ANNA },
      children: videos.map((video) => ({ url: `https://example.com/${video}`, title: video })),
      ...changes,
    });
  /** Runs the next job to its end. */
  const run = async (end: 'ready' | 'failed' = 'ready'): Promise<string> => {
    const work = await fixture.claim();
    if (end === 'failed') await fixture.report(work, { type: 'failed', problem: { code: 'source-private' } });
    else if (await fixture.resolve(work)) await fixture.finish(work);
    return work.mediaId;
  };
  const collections = async (viewer: Viewer = 'everything'): Promise<Collection[]> =>
    (await fixture.library.collections.list({ limit: 50 }, viewer)).collections;
  const theCollection = async (): Promise<Collection> => {
    const [only, ...others] = await collections();
    if (!only || others.length > 0) throw new Error(`not one collection, but ${others.length + (only ? 1 : 0)}`);
    return only;
  };
  /** The positions and the names of the videos of a collection. */
  const itemsOf = async ({ id }: Pick<Collection, 'id'>, viewer: Viewer = 'everything') =>
    (await fixture.library.collections.listItems(id, { limit: 100 }, viewer)).items.map(({ position, media }) => [
      position,
      media.title.replace('https://example.com/', ''),
    ]);
  const inMediaJson = async (mediaId: string): Promise<unknown> => {
    const text = await readFile(path.join(fixture.mediaDir, mediaId, 'media.json'), 'utf8');
    return (JSON.parse(text) as { collections: unknown }).collections;
  };
  const purge = async (mediaId: string): Promise<void> => {
    await fixture.library.trash.add(mediaId);
    await fixture.library.trash.purge(mediaId);
  };

  test('a list: is a collection from its first item on, in the order of the source; what fails is not in it', async () => {
    await submit(['one', 'two', 'three', 'four']);
    expect(await collections()).toEqual([]);
    const waiting = await fixture.claim();
    await run();
    await run('failed');
    await run();
    const collection = await theCollection();
    expect(collection).toMatchObject({ title: 'A list', personId: ANNA, visibility: 'everyone', items: 2 });
    await fixture.resolve(waiting);
    await fixture.finish(waiting);
    expect(await itemsOf(collection)).toEqual([
      [1, 'one'],
      [2, 'two'],
      [4, 'four'],
    ]);
    expect(await inMediaJson(waiting.mediaId)).toMatchObject([{ id: collection.id, title: 'A list', position: 1 }]);
  });

  test('an item that can be played while it arrives: is in the collection, and leaves it when its job fails', async () => {
    await submit(['one', 'two']);
    await run();
    const work = await fixture.claim();
    await fixture.resolve(work);
    await fixture.report(work, { type: 'playable', facts: FACTS });
    expect(await fixture.items.getListed(work.mediaId)).toMatchObject({ state: 'playable' });
    expect(await itemsOf(await theCollection())).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    await fixture.report(work, { type: 'failed', problem: { code: 'source-private' } });
    expect(await itemsOf(await theCollection())).toEqual([[1, 'one']]);
  });

  test('an item that the library had already: comes into the collection, and its media.json says so', async () => {
    await fixture.jobs.submit({ url: 'https://example.com/two', type: 'video' }, { caller: 'x', personId: 'bert' });
    const adopted = await run();
    expect(await inMediaJson(adopted)).toEqual([]);
    await submit(['one', 'two']);
    await run();
    await run();
    const collection = await theCollection();
    expect(await itemsOf(collection)).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    await eventually(async () =>
      expect(await inMediaJson(adopted)).toMatchObject([{ id: collection.id, position: 2 }]),
    );
  });

  describe('the same list again', () => {
    test('by its person, longer and in another order: extends the collection, which keeps its title', async () => {
      await submit(['one', 'two']);
      await run();
      await run();
      const { id } = await theCollection();
      await fixture.library.collections.change(id, { title: 'Mine' });
      await submit(['new', 'one', 'two'], { title: 'Renamed at the source' });
      for (let count = 0; count < 3; count += 1) await run();
      expect(await theCollection()).toMatchObject({ id, title: 'Mine', items: 3 });
      expect(await itemsOf({ id })).toEqual([
        [1, 'new'],
        [2, 'one'],
        [3, 'two'],
      ]);
    });

    test('as audio, before the first item is there: is the same collection', async () => {
      await submit(['one']);
      await submit(['one'], { type: 'audio' });
      await run();
      await run();
      expect((await theCollection()).items).toBe(2);
    });

    test('by somebody else: is a collection of theirs', async () => {
      await submit(['one']);
      await run();
      await submit(['one'], { personId: 'bert' });
      await run();
      expect((await collections()).map(({ personId }) => personId).toSorted()).toEqual([ANNA, 'bert']);
    });

    test('by nobody, twice: is one collection', async () => {
      for (const video of ['one', 'two']) {
        await submit([video], { personId: null });
        await run();
      }
      expect((await theCollection()).items).toBe(2);
    });
  });

  describe('an item in the trash', () => {
    test('is not shown, and is in its place again when it is restored', async () => {
      await submit(['one', 'two']);
      const one = await run();
      await run();
      const collection = await theCollection();
      await fixture.library.trash.add(one);
      expect(await theCollection()).toMatchObject({ items: 1 });
      expect(await itemsOf(collection)).toEqual([[2, 'two']]);
      await fixture.library.trash.restore(one);
      expect(await itemsOf(collection)).toEqual([
        [1, 'one'],
        [2, 'two'],
      ]);
    });

    test('that was the only one: hides the collection, and its purge removes it', async () => {
      await submit(['one']);
      const one = await run();
      const { id } = await theCollection();
      await fixture.library.trash.add(one);
      expect(await collections()).toEqual([]);
      expect(await fixture.items.collections.get(id)).toMatchObject({ id });
      await fixture.library.trash.restore(one);
      expect(await theCollection()).toMatchObject({ id });
      await purge(one);
      expect(await fixture.items.collections.get(id)).toBeUndefined();
    });
  });

  describe('a deleted collection', () => {
    test('keeps its items, and those that are still being downloaded come into the library alone', async () => {
      await submit(['one', 'two']);
      const one = await run();
      const { id } = await theCollection();
      expect(await fixture.library.collections.remove(id, () => false)).toBe(0);
      const two = await run();
      expect(await collections()).toEqual([]);
      expect((await fixture.items.ids()).toSorted()).toEqual([one, two].toSorted());
      expect(await inMediaJson(two)).toEqual([]);
      await eventually(async () => expect(await inMediaJson(one)).toEqual([]));
    });

    test('is a new one when its list is added again', async () => {
      await submit(['one']);
      await run();
      const { id } = await theCollection();
      await fixture.library.collections.remove(id, () => false);
      await submit(['one']);
      await run();
      expect((await theCollection()).id).not.toBe(id);
    });

    test('with its items: moves those to the trash that may go; the others stay', async () => {
      await submit(['one', 'two', 'three']);
      const [one, two] = [await run(), await run()];
      const { id } = await theCollection();
      expect(await fixture.library.collections.remove(id, (item) => item.id !== two)).toBe(1);
      expect(await fixture.items.getListed(one)).toBeUndefined();
      expect(await fixture.items.getListed(two)).toMatchObject({ id: two });
    });
  });

  test('its title and visibility: are in the media.json of its items soon after a change', async () => {
    await submit(['one']);
    const one = await run();
    const { id } = await theCollection();
    await fixture.library.collections.change(id, { title: 'New', visibility: 'mine' });
    await eventually(async () => expect(await inMediaJson(one)).toMatchObject([{ title: 'New', visibility: 'mine' }]));
  });

  test('its changes: are events, with nothing but its id and who sees it', async () => {
    await submit(['one']);
    const one = await run();
    const { id } = await theCollection();
    const before = (await fixture.events.log.readAfter(0, 1000)).length;
    await fixture.library.collections.change(id, { visibility: 'mine' });
    await fixture.library.trash.add(one);
    await fixture.library.trash.purge(one);
    const events = (await fixture.events.log.readAfter(0, 1000)).slice(before).map(({ event }) => event);
    const about = (visibility: string) => ({ name: 'collection', data: { id, visibility, personId: ANNA } });
    expect(events.filter(({ name }) => name === 'collection')).toEqual([
      about('everyone'), // for those who do not see it any more
      ...Array<unknown>(3).fill(about('mine')),
    ]);
  });

  test('two items of it that are purged at once: leave no empty collection', async () => {
    await submit(['one', 'two']);
    const [one, two] = [await run(), await run()];
    await Promise.all([one, two].map((id) => fixture.items.remove(id)));
    expect([await countRows(database, 'collections'), await countRows(database, 'collection_items')]).toEqual([0, 0]);
  });

  test('an item that comes in while the last one leaves: is in a collection', async () => {
    await submit(['one', 'two']);
    const one = await run();
    const work = await fixture.claim();
    await fixture.resolve(work);
    await Promise.all([fixture.items.remove(one), fixture.finish(work)]);
    expect(await itemsOf(await theCollection())).toEqual([[2, 'two']]);
  });
});
