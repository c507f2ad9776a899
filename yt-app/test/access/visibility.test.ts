import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Job, JobList, Media, NewShare } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { describe, expect, test, beforeEach, afterEach } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'owner', telegramId: 1002, name: 'Bert' } as const;
const CARL = { role: 'member', telegramId: 1003, name: 'Carl' } as const;
/** Anna's item for everyone, her private one, and a private one of nobody. */
const [OPEN, PRIVATE, ORPHAN] = [mediaId(1), mediaId(2), mediaId(3)];

type Name = 'anna' | 'bert' | 'carl';

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let browsers: Readonly<Record<Name, Browser>>;
  let annaId: string;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    browsers = { anna: openBrowser(api), bert: openBrowser(api), carl: openBrowser(api) };
    await browsers.anna.signIn(ANNA);
    await browsers.bert.signIn(BERT);
    await browsers.carl.signIn(CARL);
    annaId = (await aPerson(api.access, ANNA)).id;
    await api.store.save(audioItem(1, { personId: annaId }));
    await api.store.save(audioItem(2, { personId: annaId, visibility: 'mine' }));
    await api.store.save(audioItem(3, { visibility: 'mine' }));
    for (const id of [OPEN, PRIVATE, ORPHAN]) await mkdir(path.join(api.mediaDir, id)); // their files
  });
  afterEach(() => api.stop());

  const idsIn = ({ body }: { body: unknown }) => (body as { media: Media[] }).media.map(({ id }) => id).toSorted();
  const library = async (name: Name, query = '') => idsIn(await browsers[name].ask('get', `/api/media${query}`));
  const trash = async (name: Name) => idsIn(await browsers[name].ask('get', '/api/trash'));

  const seen: [Name, string[]][] = [
    ['anna', [OPEN, PRIVATE]],
    ['bert', [OPEN, PRIVATE, ORPHAN]],
    ['carl', [OPEN]],
  ];
  test.each(seen)(
    'the library and its search for %s: have what is for everyone, and what is theirs',
    async (name, ids) => {
      expect(await library(name)).toEqual(ids);
      expect(await library(name, '?q=track')).toEqual(ids);
    },
  );

  test('the station: airs what is for everyone, and a private item cannot be requested, not even by its person', async () => {
    const station = (await browsers.anna.ask('get', '/api/station')).body as { next: { mediaId: string }[] };
    expect(station.next.map(({ mediaId: id }) => id)).toEqual([OPEN]);
    for (const name of ['anna', 'bert', 'carl'] as const)
      expectProblem(await browsers[name].ask('post', '/api/station/requests', { mediaId: PRIVATE }), 'not-found');
  });

  test('a track that aired and became private: is not in the history any more', async () => {
    await ask(api, testKeys.icecast).post('/internal/station/next');
    await ask(api, testKeys.icecast).post('/internal/station/next');
    await api.store.setVisibility(OPEN, 'mine');
    const answer = await browsers.carl.ask('get', '/api/station');
    expect(answer.body).toMatchObject({ now: null, next: [], history: [] });
  });

  const calls: [string, (browser: Browser) => ReturnType<Browser['ask']>][] = [
    ['reads it', (browser) => browser.ask('get', `/api/media/${PRIVATE}`)],
    ['renames it', (browser) => browser.ask('patch', `/api/media/${PRIVATE}`, { title: 'x' })],
    ['publishes it', (browser) => browser.ask('patch', `/api/media/${PRIVATE}`, { visibility: 'everyone' })],
    ['makes audio of it', (browser) => browser.ask('post', `/api/media/${PRIVATE}/audio`)],
    ['fetches it again', (browser) => browser.ask('post', `/api/media/${PRIVATE}/fetch`, {})],
    ['deletes it', (browser) => browser.ask('delete', `/api/media/${PRIVATE}`)],
    ['shares it', (browser) => browser.ask('post', `/api/media/${PRIVATE}/shares`, {})],
    ['lists its shares', (browser) => browser.ask('get', `/api/media/${PRIVATE}/shares`)],
    ['restores it', (browser) => browser.ask('post', `/api/trash/${PRIVATE}/restore`)],
    ['purges it', (browser) => browser.ask('delete', `/api/trash/${PRIVATE}`)],
  ];
  test.each(calls)('a member who %s, a private item of somebody else: does not find it', async (_name, call) => {
    expectProblem(await call(browsers.carl), 'not-found');
    expect(await api.store.get(PRIVATE)).toMatchObject({ visibility: 'mine', title: 'Track 2', deletedAt: null });
  });

  test('a share of a private item: opens it, until the item is in the trash, and again when it is restored', async () => {
    const answer = await browsers.anna.ask('post', `/api/media/${PRIVATE}/shares`, {});
    const [, token = ''] = /\/s\/([^/]+)\//.exec((answer.body as NewShare).links.page) ?? [];
    const asGuest = () => ask(api).get(`/api/media/${PRIVATE}`).set('authorization', `Share ${token}`);
    expect((await asGuest()).status).toBe(200);
    await browsers.anna.ask('delete', `/api/media/${PRIVATE}`);
    expectProblem(await asGuest(), 'not-found');
    await browsers.anna.ask('post', `/api/trash/${PRIVATE}/restore`);
    expect((await asGuest()).status).toBe(200);
  });

  describe('the trash', () => {
    beforeEach(async () => {
      for (const id of [OPEN, PRIVATE]) await browsers.anna.ask('delete', `/api/media/${id}`);
      await browsers.bert.ask('delete', `/api/media/${ORPHAN}`);
    });

    test('of a member: has what is theirs; of an owner: everything; what was for everyone is not shown to others', async () => {
      expect(await trash('anna')).toEqual([OPEN, PRIVATE]);
      expect(await trash('bert')).toEqual([OPEN, PRIVATE, ORPHAN]);
      expect(await trash('carl')).toEqual([]);
      expect(await library('bert')).toEqual([]);
    });

    test('restored from by its person: the item is in the library as before', async () => {
      expect((await browsers.anna.ask('post', `/api/trash/${PRIVATE}/restore`)).body).toMatchObject({
        id: PRIVATE,
        visibility: 'mine',
        deletedAt: null,
      });
      expect(await library('anna')).toEqual([PRIVATE]);
      expect(await library('carl')).toEqual([]);
    });

    test('restored from or purged by another member: has nothing for them', async () => {
      expectProblem(await browsers.carl.ask('post', `/api/trash/${OPEN}/restore`), 'not-found');
      expectProblem(await browsers.carl.ask('delete', `/api/trash/${OPEN}`), 'not-found');
      expect(await trash('anna')).toEqual([OPEN, PRIVATE]);
    });

    test('emptied by a member: loses what is theirs; by an owner: everything', async () => {
      expect((await browsers.carl.ask('delete', '/api/trash')).body).toEqual({ deleted: 0 });
      expect((await browsers.anna.ask('delete', '/api/trash')).body).toEqual({ deleted: 2 });
      expect(await trash('bert')).toEqual([ORPHAN]);
      expect((await browsers.bert.ask('delete', '/api/trash')).body).toEqual({ deleted: 1 });
      expect(await api.store.ids()).toEqual([]);
    });

    test('read in pages: has each item once, the latest first', async () => {
      await api.store.setDeleted(OPEN, 10);
      await api.store.setDeleted(PRIVATE, 10);
      await api.store.setDeleted(ORPHAN, 20);
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page: unknown = (await browsers.bert.ask('get', `/api/trash?limit=1${query}`)).body;
        const { media, nextCursor } = page as { media: Media[]; nextCursor: string | null };
        ids.push(...media.map(({ id }) => id));
        cursor = nextCursor;
      }
      expect(ids).toEqual([ORPHAN, PRIVATE, OPEN]);
    });

    test('with an item whose files are gone: has it no more, instead of restoring an empty one', async () => {
      await rm(path.join(api.mediaDir, OPEN), { recursive: true });
      expectProblem(await browsers.anna.ask('post', `/api/trash/${OPEN}/restore`), 'not-found');
      expect(await trash('anna')).toEqual([PRIVATE]);
      expect(await library('anna')).toEqual([]);
    });

    test('emptied twice at once: deletes each item once, and both calls succeed', async () => {
      const answers = await Promise.all([1, 2].map(() => browsers.bert.ask('delete', '/api/trash')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers.reduce((sum, { body }) => sum + (body as { deleted: number }).deleted, 0)).toBe(3);
      expect(await api.store.ids()).toEqual([]);
    });

    test('with the media volume missing: is neither restored from nor emptied', async () => {
      api.volume = 'missing';
      expectProblem(await browsers.anna.ask('post', `/api/trash/${OPEN}/restore`), 'media-missing');
      expectProblem(await browsers.anna.ask('delete', `/api/trash/${OPEN}`), 'media-missing');
      expectProblem(await browsers.anna.ask('delete', '/api/trash'), 'media-missing');
      expect(await trash('anna')).toEqual([OPEN, PRIVATE]);
    });
  });

  describe('a private job', () => {
    let job: Job;
    beforeEach(async () => {
      api.jobs.onSubmit = { visibility: 'mine', state: 'failed' };
      job = await api.jobs.submit({ url: 'https://example.com/', type: 'video' }, { caller: 'x', personId: annaId });
    });

    test.each([
      ['anna', 1],
      ['bert', 1],
      ['carl', 0],
    ] as const)('in the list of %s: is there %i times', async (name, count) => {
      const answer = await browsers[name].ask('get', '/api/jobs');
      expect((answer.body as JobList).jobs).toHaveLength(count);
    });

    test('of somebody else: cannot be read, followed, cancelled or retried by a member', async () => {
      for (const [method, path] of [
        ['get', ''],
        ['get', '/events'],
        ['delete', ''],
        ['post', '/retry'],
      ] as const)
        expectProblem(await browsers.carl.ask(method, `/api/jobs/${job.id}${path}`), 'not-found');
    });
  });

  test('an item made private: can be made open again', async () => {
    await browsers.anna.ask('patch', `/api/media/${OPEN}`, { visibility: 'mine' });
    expect(await library('carl')).toEqual([]);
    await browsers.anna.ask('patch', `/api/media/${OPEN}`, { visibility: 'everyone' });
    expect(await library('carl')).toEqual([OPEN]);
  });

  test('an owner who becomes a member: does not see private items of others any more, and has no share of them', async () => {
    const { id } = await aPerson(api.access, BERT);
    await aPerson(api.access, { role: 'owner', telegramId: 1004, name: 'Dora' });
    await api.store.save(audioItem(4, { personId: id }));
    const [ofAnna, ofOwn] = await Promise.all(
      [PRIVATE, mediaId(4)].map((item) => api.access.shares.create({ mediaId: item, personId: id }, 60)),
    );
    await api.access.peopleService.change(id, { role: 'member' });
    expect(await library('bert')).toEqual([OPEN, mediaId(4)]);
    expect(await api.access.shares.find(ofAnna?.token ?? '')).toBeUndefined();
    expect(await api.access.shares.find(ofOwn?.token ?? '')).toMatchObject({ mediaId: mediaId(4) });
  });
});

test('with ACCESS=public, visitors: see what is for everyone, and no trash', async () => {
  const api = await startApi({ isPublic: true });
  await api.store.save(audioItem(1));
  await api.store.save(audioItem(2, { visibility: 'mine' }));
  await api.store.save(audioItem(3, { deletedAt: 1 }));
  const visitor = openBrowser(api);
  expect((await visitor.ask('get', '/api/media')).body).toMatchObject({ media: [{ id: OPEN }] });
  for (const id of [PRIVATE, ORPHAN]) expectProblem(await visitor.ask('get', `/api/media/${id}`), 'not-found');
  expectProblem(await visitor.ask('get', '/api/trash'), 'unauthorized');
  await api.stop();
});
