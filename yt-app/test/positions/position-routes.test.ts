import { MediaWithPosition, NewPersonalKey, PositionList, telegramUserHeader } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const PATH = '/api/me/positions';
const FILM = mediaId(1);
const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;

eachDatabase((openDatabase) => {
  let api: ApiFixture;
  let phone: Browser;
  let television: Browser;
  let bert: Browser;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    [phone, television, bert] = [openBrowser(api), openBrowser(api), openBrowser(api)];
    await phone.signIn(ANNA);
    await television.signIn(ANNA);
    await bert.signIn({ role: 'owner', telegramId: 1002, name: 'Bert' });
    for (const number of [1, 2, 3, 4, 5]) await api.store.save(audioItem(number, { durationSeconds: 6000 }));
  });
  afterEach(() => api.stop());

  const report = (browser: Browser, seconds: number, fields: object = {}) =>
    browser.ask('post', PATH, { positions: [{ mediaId: FILM, seconds, ...fields }] });
  const positionOf = async (browser: Browser, id = FILM) =>
    MediaWithPosition.parse((await browser.ask('get', `/api/media/${id}`)).body).position;
  const listOf = async (browser: Browser, query = '') =>
    PositionList.parse((await browser.ask('get', PATH + query)).body);
  const annaId = async () => (await api.access.people.byTelegram(1001))?.id ?? '';

  describe('a reported position', () => {
    test('is that of the person on every device: in the item, in the library and in the list', async () => {
      const answer = await report(phone, 1234.5678);
      expect([answer.status, answer.text]).toEqual([204, '']);
      const position = { seconds: 1234.568, isWatched: false, updatedAt: new Date(api.nowMs).toISOString() };
      expect(await positionOf(television)).toEqual(position);
      const { media } = (await television.ask('get', '/api/media')).body as { media: MediaWithPosition[] };
      expect(media.map((item) => item.position)).toEqual([null, null, null, null, position]);
      expect((await listOf(television)).positions).toMatchObject([{ ...position, media: { id: FILM } }]);
    });

    test('belongs to nobody else: a foreign id in the body, the query or a header changes and shows nothing', async () => {
      await report(phone, 1234);
      expect(await positionOf(bert)).toBeNull();
      expect((await listOf(bert)).positions).toEqual([]);
      await report(bert, 50);
      expect(await positionOf(phone)).toMatchObject({ seconds: 1234 });

      const foreign = { personId: await annaId() };
      expectProblem(await report(bert, 60, foreign), 'invalid-request');
      const beside = await bert.ask('post', PATH, { ...foreign, positions: [{ mediaId: FILM, seconds: 60 }] });
      expectProblem(beside, 'invalid-request');
      expectProblem(await bert.ask('get', `${PATH}?personId=${foreign.personId}`), 'invalid-request');
      await bert.ask('post', PATH, { positions: [{ mediaId: FILM, seconds: 70 }] }, { [telegramUserHeader]: '1001' });
      expect(await positionOf(phone)).toMatchObject({ seconds: 1234 });
      expect(await positionOf(bert)).toMatchObject({ seconds: 70 });
    });

    test('of the television, after one of the phone: is replaced by neither a late beacon nor the restart of the API', async () => {
      await report(phone, 100);
      api.nowMs += 60_000;
      await report(television, 500);
      api.nowMs += 60_000;
      await report(phone, 130, { agedMs: 90_000 }); // true 30 s before that of the television
      expect(await positionOf(phone)).toMatchObject({ seconds: 500 });

      await api.positions.stop(); // everything is in the database
      await report(phone, 140, { agedMs: 80_000 });
      expect(await positionOf(phone)).toMatchObject({ seconds: 500 });
      await report(phone, 510, { agedMs: 50_000 });
      expect(await positionOf(television)).toMatchObject({ seconds: 510 });
    });

    test('twice in one request: the newest counts, whatever their order', async () => {
      const positions = [
        { mediaId: FILM, seconds: 200, agedMs: 1000 },
        { mediaId: FILM, seconds: 100, agedMs: 9000 },
      ];
      expect((await phone.ask('post', PATH, { positions })).status).toBe(204);
      expect(await positionOf(phone)).toMatchObject({ seconds: 200 });
    });

    test.each([
      ['a negative position', { seconds: -1 }, 'positions.0.seconds'],
      ['a position far behind the end', { seconds: 6200 }, 'positions.0.seconds'],
      ['no position', { seconds: undefined }, 'positions.0.seconds'],
      ['a position that is text', { seconds: '5' }, 'positions.0.seconds'],
      ['an age in the future', { agedMs: -1 }, 'positions.0.agedMs'],
      ['an age of two years', { agedMs: 63_072_000_000 }, 'positions.0.agedMs'],
      ['another kind of id', { mediaId: '../x' }, 'positions.0.mediaId'],
    ])('with %s: is refused, and nothing of its request is taken', async (_, fields, field) => {
      const bad = { mediaId: FILM, seconds: 5, ...fields };
      const answer = await phone.ask('post', PATH, { positions: [bad, { mediaId: mediaId(2), seconds: 70 }] });
      expect(expectProblem(answer, 'invalid-request').faults).toMatchObject([{ field }]);
      expect((await listOf(phone)).positions).toEqual([]);
    });

    test('a little behind the end: counts as the end', async () => {
      await report(phone, 6009);
      expect(await positionOf(phone)).toMatchObject({ seconds: 6000, isWatched: true });
    });

    test.each([0, 51])('among %d of one request: is refused', async (count) => {
      const positions = Array.from({ length: count }, () => ({ mediaId: FILM, seconds: 70 }));
      expectProblem(await phone.ask('post', PATH, { positions }), 'invalid-request');
    });

    test.each([
      ['private, of somebody else', { visibility: 'mine' }],
      ['in the trash', { deletedAt: 1 }],
    ] as const)('of an item that is %s: is neither taken nor listed', async (_name, change) => {
      await api.store.save(audioItem(5, change));
      expect((await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(5), seconds: 70 }] })).status).toBe(204);
      expect((await listOf(phone)).positions).toEqual([]);
      await api.store.save(audioItem(5));
      await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(5), seconds: 70 }] });
      expect((await listOf(phone)).positions).toHaveLength(1);
      await api.store.save(audioItem(5, change));
      expect((await listOf(phone)).positions).toEqual([]);
    });

    test('of an item that does not exist: is skipped, and the others are taken', async () => {
      const positions = [
        { mediaId: mediaId(9), seconds: 70 },
        { mediaId: FILM, seconds: 80 },
      ];
      expect((await phone.ask('post', PATH, { positions })).status).toBe(204);
      expect((await listOf(phone)).positions).toMatchObject([{ seconds: 80, media: { id: FILM } }]);
    });
  });

  describe('who may', () => {
    const body = { positions: [{ mediaId: FILM, seconds: 70 }] };

    test('the bot for a person, and a key with the scope watch: report and read those of that person', async () => {
      const bot = { authorization: `Bearer ${testKeys.bot}`, [telegramUserHeader]: '1001' };
      expect((await request(api.server).post(PATH).set(bot).send(body)).status).toBe(204);
      expect(await positionOf(phone)).toMatchObject({ seconds: 70 });
      const made = await phone.ask('post', '/api/keys', { name: 'tv', scopes: ['watch'] });
      const { key } = NewPersonalKey.parse(made.body);
      const answer = await ask(api, key).get(PATH);
      expect(PositionList.parse(answer.body).positions).toMatchObject([
        { seconds: 70, media: { id: FILM, sourceUrl: null } },
      ]);
    });

    test('a key without that scope, and a part for itself: may not', async () => {
      const made = await phone.ask('post', '/api/keys', { name: 'sender', scopes: ['add', 'manage'] });
      const { key } = NewPersonalKey.parse(made.body);
      for (const token of [key, testKeys.bot, testKeys.worker]) {
        expectProblem(await ask(api, token).post(PATH).send(body), 'forbidden');
        expectProblem(await ask(api, token).get(PATH), 'forbidden');
      }
    });

    test('a guest of the item: may not, and sees it without a position', async () => {
      await report(phone, 1234);
      const { token } = await api.access.shares.create({ mediaId: FILM, personId: await annaId() }, 60);
      const guest = { authorization: `Share ${token}` };
      expectProblem(await request(api.server).post(PATH).set(guest).send(body), 'forbidden');
      expectProblem(await request(api.server).get(PATH).set(guest), 'forbidden');
      const item = await request(api.server).get(`/api/media/${FILM}`).set(guest);
      expect(item.body).toMatchObject({ id: FILM, position: null });
    });

    test('nobody who has not signed in', async () => {
      expectProblem(await request(api.server).post(PATH).send(body), 'unauthorized');
      expectProblem(await request(api.server).get(PATH), 'unauthorized');
    });

    test.each([
      ['another site', { origin: 'http://evil.test' }],
      ['another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
      ['nowhere', { origin: 'null' }],
    ])('a beacon from %s: is refused', async (_, headers) => {
      expectProblem(await phone.ask('post', PATH, body, headers), 'forbidden');
      expect(await positionOf(phone)).toBeNull();
    });

    test('a beacon of our own page: needs the content type that no form can send', async () => {
      const { cookie = '' } = phone;
      const beacon = (type: string) =>
        request(api.server)
          .post(PATH)
          .set({ cookie, host: 'home.test', origin: 'http://home.test', 'content-type': type })
          .send(JSON.stringify(body));
      expectProblem(await beacon('text/plain;charset=UTF-8'), 'unsupported-media-type');
      expect(await positionOf(phone)).toBeNull();
      expect((await beacon('application/json')).status).toBe(204);
    });
  });

  describe('a watched item', () => {
    test('is watched from 95 % on, and not after it was started over', async () => {
      await report(phone, 5000);
      expect(await positionOf(phone)).toMatchObject({ isWatched: false });
      await report(phone, 5900);
      expect(await positionOf(phone)).toMatchObject({ isWatched: true });
      await report(phone, 3);
      expect(await positionOf(phone)).toMatchObject({ isWatched: true });
      await report(phone, 30);
      expect(await positionOf(phone)).toMatchObject({ seconds: 30, isWatched: false });
    });

    test('can be marked, and the mark taken back', async () => {
      await report(phone, 700, { isWatched: true });
      expect(await positionOf(television)).toMatchObject({ seconds: 700, isWatched: true });
      await report(television, 700, { isWatched: false });
      expect(await positionOf(phone)).toMatchObject({ seconds: 700, isWatched: false });
    });

    test('is not one that is still arriving, however near to what is there', async () => {
      await api.store.save(audioItem(1, { durationSeconds: 100, state: 'playable' }));
      await report(phone, 120);
      expect(await positionOf(phone)).toMatchObject({ seconds: 120, isWatched: false });
    });
  });

  describe('the list', () => {
    const ids = async (query: string) => {
      const { positions, nextCursor } = await listOf(phone, query);
      return { ids: positions.map(({ media }) => media.id), nextCursor };
    };

    test('is newest first, page by page, whether positions are in the database or not yet', async () => {
      for (const number of [1, 2, 3, 4, 5]) {
        if (number === 4) await api.positions.stop();
        api.nowMs += 1000;
        await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(number), seconds: 100 }] });
      }
      api.nowMs += 1000;
      await report(phone, 200); // the first once more
      expect(await countRows(api.database, 'positions')).toBe(3);

      const first = await ids('?limit=2');
      expect(first.ids).toEqual([mediaId(1), mediaId(5)]);
      const second = await ids(`?limit=2&cursor=${first.nextCursor ?? ''}`);
      expect(second.ids).toEqual([mediaId(4), mediaId(3)]);
      const third = await ids(`?limit=2&cursor=${second.nextCursor ?? ''}`);
      expect(third).toEqual({ ids: [mediaId(2)], nextCursor: null });
    });

    test('holds what is to be continued, or what is watched', async () => {
      const seconds = { 1: 5, 2: 100, 3: 5999, 4: 200, 5: 5999 };
      for (const [number, at] of Object.entries(seconds)) {
        if (number === '4') await api.positions.stop();
        api.nowMs += 1000;
        await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(Number(number)), seconds: at }] });
      }
      expect((await ids('?state=continue')).ids).toEqual([mediaId(4), mediaId(2)]);
      expect((await ids('?state=watched')).ids).toEqual([mediaId(5), mediaId(3)]);
    });

    test.each(['x', 'WzFd', encodeURIComponent('\0')])('with the cursor %s: is refused', async (cursor) => {
      expectProblem(await phone.ask('get', `${PATH}?cursor=${cursor}`), 'invalid-request');
    });
  });

  describe('the positions of', () => {
    test('a removed person: end with them, the unwritten too, and are not there when they come back', async () => {
      await report(phone, 100);
      await api.positions.stop();
      expect(await countRows(api.database, 'positions')).toBe(1);
      await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(2), seconds: 100 }] });
      await report(bert, 300);
      await api.access.peopleService.remove(await annaId());
      await api.positions.stop();
      expect(await countRows(api.database, 'positions')).toBe(1); // that of Bert
      expectProblem(await report(phone, 200), 'unauthorized');

      await phone.signIn(ANNA);
      expect((await listOf(phone)).positions).toEqual([]);
    });

    test('a removed person, reported at the last moment: are not written', async () => {
      const id = await annaId();
      await api.access.peopleService.remove(id);
      await api.positions.positions.report({ id, role: 'member' }, [{ mediaId: FILM, seconds: 100, agedMs: 0 }]); // was admitted before
      await api.positions.stop();
      expect(await countRows(api.database, 'positions')).toBe(0);
    });

    test('a deleted item: end with it', async () => {
      await report(phone, 100);
      await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(2), seconds: 100 }] });
      await api.positions.stop();
      await api.store.remove(FILM);
      expect(await countRows(api.database, 'positions')).toBe(1);
      await phone.ask('post', PATH, { positions: [{ mediaId: mediaId(2), seconds: 200 }] });
      await api.store.remove(mediaId(2));
      expect((await listOf(phone)).positions).toEqual([]);
      await api.positions.stop();
      expect(await countRows(api.database, 'positions')).toBe(0);
    });
  });
});
