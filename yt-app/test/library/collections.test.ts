import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MediaList, type CollectionList, type CollectionPage, type Media } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, COLLECTION, mediaId, putCollection } from '../fixtures/library-items.ts';

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;
const CARL = { role: 'member', telegramId: 1003, name: 'Carl' } as const;
const URL = `/api/collections/${COLLECTION}`;

type Name = 'anna' | 'bert' | 'carl';

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let browsers: Readonly<Record<Name, Browser>>;
  let annaId: string;
  let carlId: string;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    browsers = { anna: openBrowser(api), bert: openBrowser(api), carl: openBrowser(api) };
    await browsers.anna.signIn(ANNA);
    await browsers.bert.signIn(BERT);
    await browsers.carl.signIn(CARL);
    annaId = (await aPerson(api.access, ANNA)).id;
    carlId = (await aPerson(api.access, CARL)).id;
    for (let number = 1; number <= 4; number += 1) await mkdir(path.join(api.mediaDir, mediaId(number)));
  });
  afterEach(() => api.stop());

  const list = async (name: Name, query = '') =>
    (await browsers[name].ask('get', `/api/collections${query}`)).body as CollectionList;
  const page = async (name: Name, query = '') =>
    (await browsers[name].ask('get', `${URL}${query}`)).body as CollectionPage;
  const idsOf = ({ items }: CollectionPage) => items.map(({ position, media }) => [position, media.id]);
  /** Anna's collection: her item, her private one, and Carl's that the library had already. */
  const putMixed = (changes: Parameters<typeof putCollection>[1] = {}) =>
    putCollection(api, { personId: annaId, ...changes }, [
      audioItem(3, { personId: annaId, hasPoster: false }),
      audioItem(1, { personId: annaId, visibility: 'mine' }),
      audioItem(2, { personId: carlId }),
    ]);

  test('a collection: has the items that a person sees, in the order of the source, and the poster of the first with one', async () => {
    await putMixed();
    expect(idsOf(await page('anna'))).toEqual([
      [1, mediaId(3)],
      [2, mediaId(1)],
      [3, mediaId(2)],
    ]);
    expect((await page('anna')).collection).toMatchObject({
      title: 'A list',
      items: 3,
      poster: `/media/${mediaId(1)}/poster.jpg`,
    });
    expect(await page('carl')).toMatchObject({ collection: { items: 2, poster: `/media/${mediaId(2)}/poster.jpg` } });
    expect(idsOf(await page('carl'))).toEqual([
      [1, mediaId(3)],
      [3, mediaId(2)],
    ]);
    expect(await list('carl')).toMatchObject({ collections: [{ id: COLLECTION, items: 2 }], nextCursor: null });
  });

  test('its items: are read page by page, each once, with the position of the caller', async () => {
    await putMixed();
    await browsers.anna.ask('post', '/api/me/positions', { positions: [{ mediaId: mediaId(2), seconds: 50 }] });
    const first = await page('anna', '?limit=2');
    const next = await page('anna', `?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...idsOf(first), ...idsOf(next)]).toEqual(idsOf(await page('anna')));
    expect(next).toMatchObject({ items: [{ media: { position: { seconds: 50 } } }], nextCursor: null });
    expectProblem(await browsers.anna.ask('get', `${URL}?cursor=x`), 'invalid-request');
  });

  test('collections: are listed page by page, the latest first', async () => {
    for (const number of [1, 2, 3])
      await putCollection(api, { id: mediaId(600 + number), createdAt: number === 3 ? 1 : 2 }, [audioItem(number)]);
    const first = await list('anna', '?limit=2');
    const next = await list('anna', `?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.collections, ...next.collections].map(({ id }) => id)).toEqual([602, 601, 603].map(mediaId));
    expect(next.nextCursor).toBeNull();
    expectProblem(await browsers.anna.ask('get', '/api/collections?cursor=x'), 'invalid-request');
  });

  describe('a collection that somebody does not see', () => {
    const calls: [string, (browser: Browser) => ReturnType<Browser['ask']>][] = [
      ['read', (browser) => browser.ask('get', URL)],
      ['changed', (browser) => browser.ask('patch', URL, { title: 'x' })],
      ['published', (browser) => browser.ask('patch', URL, { visibility: 'everyone' })],
      ['deleted', (browser) => browser.ask('delete', URL)],
      ['deleted with its items', (browser) => browser.ask('delete', `${URL}?items=trash`)],
      ['read as a part of the library', (browser) => browser.ask('get', `/api/media?collection=${COLLECTION}`)],
    ];
    test.each(calls)('%s by another member: does not exist', async (_name, call) => {
      await putMixed({ visibility: 'mine' });
      expectProblem(await call(browsers.carl), 'not-found');
      expect((await list('carl')).collections).toEqual([]);
      expect((await list('bert')).collections).toHaveLength(1);
      expect(await api.store.collections.get(COLLECTION)).toMatchObject({ title: 'A list', visibility: 'mine' });
    });

    test('because all of its items are private: does not exist either', async () => {
      await putCollection(api, { personId: annaId }, [audioItem(1, { personId: annaId, visibility: 'mine' })]);
      expectProblem(await browsers.carl.ask('get', URL), 'not-found');
      expect((await list('carl')).collections).toEqual([]);
      expect((await list('anna')).collections).toHaveLength(1);
    });
  });

  test('a visitor: sees what everyone sees, without people and sources', async () => {
    await putMixed();
    const open = await startApi({ isPublic: true });
    try {
      await putCollection(open, { personId: 'x' }, [
        audioItem(1, { personId: 'x' }),
        audioItem(2, { visibility: 'mine', personId: 'x' }),
      ]);
      const visitor = openBrowser(open);
      expect((await visitor.ask('get', '/api/collections')).body).toMatchObject({
        collections: [{ personId: null, items: 1 }],
      });
      const answer = await visitor.ask('get', URL);
      expect(answer.body).toMatchObject({ collection: { personId: null }, items: [{ media: { sourceUrl: null } }] });
      expect(answer.text).not.toContain('example.com');
      expect((await visitor.ask('delete', URL)).status).toBe(401);
    } finally {
      await open.stop();
    }
  });

  test('a change: gives the new title and visibility, and leaves those of the items', async () => {
    await putMixed();
    const answer = await browsers.anna.ask('patch', URL, { title: ' New ', visibility: 'mine' });
    expect(answer.body).toMatchObject({ title: 'New', visibility: 'mine', items: 3 });
    expect(await api.store.get(mediaId(3))).toMatchObject({ visibility: 'everyone', title: 'Track 3' });
    for (const body of [{}, { title: '' }, { title: 'x'.repeat(301) }, { personId: carlId }])
      expectProblem(await browsers.anna.ask('patch', URL, body), 'invalid-request');
  });

  describe('deleted', () => {
    const inLibrary = async (name: Name) =>
      MediaList.parse((await browsers[name].ask('get', '/api/media')).body)
        .media.map(({ id }) => id)
        .toSorted();
    const inTrash = async (name: Name) =>
      ((await browsers[name].ask('get', '/api/trash')).body as { media: Media[] }).media.map(({ id }) => id).toSorted();

    test('by default: its items stay', async () => {
      await putMixed();
      expect((await browsers.anna.ask('delete', URL)).body).toEqual({ trashed: 0 });
      expectProblem(await browsers.anna.ask('get', URL), 'not-found');
      expect(await inLibrary('anna')).toEqual([1, 2, 3].map(mediaId));
    });

    test('with its items, by a member: those of others stay in the library', async () => {
      await putMixed();
      expect((await browsers.anna.ask('delete', `${URL}?items=trash`)).body).toEqual({ trashed: 2 });
      expect(await inTrash('anna')).toEqual([1, 3].map(mediaId));
      expect(await inLibrary('carl')).toEqual([mediaId(2)]);
    });

    test('with its items, by an owner: all go, and can be restored', async () => {
      await putMixed();
      expect((await browsers.bert.ask('delete', `${URL}?items=trash`)).body).toEqual({ trashed: 3 });
      expect(await inTrash('bert')).toEqual([1, 2, 3].map(mediaId));
      expect((await browsers.bert.ask('post', `/api/trash/${mediaId(2)}/restore`)).status).toBe(200);
    });

    test('with its items, of which one is still being downloaded: that one stays', async () => {
      await putCollection(api, { personId: annaId }, [
        audioItem(1, { personId: annaId, state: 'playable' }),
        audioItem(2, { personId: annaId }),
      ]);
      expect((await browsers.anna.ask('delete', `${URL}?items=trash`)).body).toEqual({ trashed: 1 });
      expect(await inLibrary('anna')).toEqual([mediaId(1)]);
    });

    test('with its items, while the disk is missing: is refused, and the collection is as before', async () => {
      await putMixed();
      api.volume = 'missing';
      expectProblem(await browsers.anna.ask('delete', `${URL}?items=trash`), 'media-missing');
      expect(await page('anna')).toMatchObject({ collection: { items: 3 } });
    });

    test('with another word than keep or trash: is refused', async () => {
      await putMixed();
      expectProblem(await browsers.anna.ask('delete', `${URL}?items=all`), 'invalid-request');
      expect(await inLibrary('anna')).toHaveLength(3);
    });
  });

  test('the library with a collection: has its items only, in each order, with a search, page by page', async () => {
    await putMixed();
    await api.store.save(audioItem(4));
    const media = async (query: string) => {
      const answer = await browsers.anna.ask('get', `/api/media?collection=${COLLECTION}${query}`);
      return MediaList.parse(answer.body);
    };
    const ids = async (query: string) => (await media(query)).media.map(({ id }) => id);
    expect(await ids('')).toEqual([3, 2, 1].map(mediaId));
    expect(await ids('&sort=title')).toEqual([1, 2, 3].map(mediaId));
    expect(await ids('&q=track')).toEqual([3, 2, 1].map(mediaId));
    expect(await ids('&q=2')).toEqual([mediaId(2)]);
    expect(await ids('&type=video')).toEqual([]);
    const first = await media('&limit=2');
    expect(await ids(`&limit=2&cursor=${first.nextCursor ?? ''}`)).toEqual([mediaId(1)]);
    expectProblem(await browsers.anna.ask('get', `/api/media?collection=${mediaId(9)}`), 'not-found');
    expectProblem(await browsers.anna.ask('get', "/api/media?collection=' OR 1=1"), 'invalid-request');
    expect((await ask(api).get('/api/media')).body).toMatchObject({ media: { length: 4 } });
  });
});
