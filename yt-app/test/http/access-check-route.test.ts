import { accessCheck } from '@linkcast/contracts';
import { testKeys } from '@linkcast/testing';
import { sql } from 'kysely';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../fixtures/a-person.ts';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const ITEM = mediaId(1);

let api: ApiFixture;
const start = async (isPublic = false): Promise<void> => {
  api = await startApi({ isPublic });
  await api.store.save(audioItem(1));
};
afterEach(() => api.stop());

interface Asked {
  readonly wants?: string;
  readonly item?: string;
  readonly share?: string;
  readonly cookie?: string;
  readonly token?: string;
}

async function knock({ wants, item, share, cookie, token = testKeys.nginx }: Asked) {
  const answer = await request(api.server)
    .get(accessCheck.path)
    .set({
      authorization: `Bearer ${token}`,
      ...(wants === undefined ? {} : { [accessCheck.wantsHeader]: wants }),
      ...(item === undefined ? {} : { [accessCheck.itemHeader]: item }),
      ...(share === undefined ? {} : { [accessCheck.shareHeader]: share }),
      ...(cookie === undefined ? {} : { cookie }),
    });
  return {
    status: answer.status,
    cache: answer.get('cache-control'),
    item: answer.get(accessCheck.itemHeader),
    text: answer.text,
  };
}

const PASSES = { status: 204, cache: 'no-store', item: undefined, text: '' };
const REFUSED = { status: 401, cache: 'no-store', item: undefined, text: '' };
const HIDDEN = { ...REFUSED, status: 403 };

const ANNA = { role: 'member', telegramId: 1001, name: 'Anna' } as const;
const BERT = { role: 'member', telegramId: 1002, name: 'Bert' } as const;

describe('in private', () => {
  beforeEach(() => start());

  test.each(['http', 'https'] as const)(
    'the site over %s: is open to a signed-in person only, until they sign out',
    async (scheme) => {
      const browser = openBrowser(api, scheme);
      expect(await knock({ wants: 'site' })).toEqual(REFUSED);
      await browser.signIn();
      const { cookie = '' } = browser;
      expect(await knock({ wants: 'site', cookie })).toEqual(PASSES);
      await browser.ask('delete', '/api/session');
      expect(await knock({ wants: 'site', cookie })).toEqual(REFUSED);
    },
  );

  describe('the files of an item', () => {
    const cookieOf = async (person: typeof ANNA | typeof BERT | undefined): Promise<string> => {
      const browser = openBrowser(api);
      await browser.signIn(person);
      return browser.cookie ?? '';
    };
    const item = ITEM;

    test('for everyone: are open to a signed-in person only', async () => {
      expect(await knock({ wants: 'item', item, cookie: await cookieOf(BERT) })).toEqual(PASSES);
      expect(await knock({ wants: 'item', item })).toEqual(REFUSED);
    });

    test.each([
      ['private', { visibility: 'mine' }],
      ['in the trash', { deletedAt: 1 }],
    ] as const)('%s: are open to its person and to owners, and do not exist for others', async (_name, change) => {
      const anna = await cookieOf(ANNA);
      const { id: personId } = await aPerson(api.access, ANNA);
      await api.store.save(audioItem(1, { personId, ...change }));
      expect(await knock({ wants: 'item', item, cookie: anna })).toEqual(PASSES);
      expect(await knock({ wants: 'item', item, cookie: await cookieOf(undefined) })).toEqual(PASSES);
      expect(await knock({ wants: 'item', item, cookie: await cookieOf(BERT) })).toEqual(HIDDEN);
      expect(await knock({ wants: 'item', item })).toEqual(REFUSED);
    });

    test.each([undefined, '', mediaId(2), '../etc', 'a'.repeat(5000)])('with the id %j: do not exist', async (id) => {
      const cookie = await cookieOf(undefined);
      const asked = { wants: 'item', cookie };
      expect(await knock(id === undefined ? asked : { ...asked, item: id })).toEqual(HIDDEN);
    });

    test('that was shared: are open by the share while it is private, not while it is in the trash', async () => {
      const { token: share } = await api.access.shares.create({ mediaId: ITEM, personId: null }, 60);
      await api.store.setVisibility(ITEM, 'mine');
      expect(await knock({ wants: 'share-item', share })).toEqual({ ...PASSES, item: ITEM });
      await api.store.setDeleted(ITEM, 1);
      expect(await knock({ wants: 'share-item', share })).toEqual(REFUSED);
      await api.store.setDeleted(ITEM, null);
      expect(await knock({ wants: 'share-item', share })).toEqual({ ...PASSES, item: ITEM });
    });
  });

  test('a share of an item: opens that item and names it, but neither the station nor the site', async () => {
    const { token: share } = await api.access.shares.create({ mediaId: ITEM, personId: null }, 60);
    expect(await knock({ wants: 'share-item', share })).toEqual({ ...PASSES, item: ITEM });
    expect(await knock({ wants: 'share-station', share })).toEqual(REFUSED);
    expect(await knock({ wants: 'site', share })).toEqual(REFUSED);
    api.nowMs += 60_000;
    expect(await knock({ wants: 'share-item', share })).toEqual(REFUSED);
  });

  test('a share of the station: opens the station only', async () => {
    const { token: share } = await api.access.shares.create({ mediaId: null, personId: null }, 60);
    expect(await knock({ wants: 'share-station', share })).toEqual(PASSES);
    expect(await knock({ wants: 'share-item', share })).toEqual(REFUSED);
    expect(await knock({ wants: 'site', share })).toEqual(REFUSED);
  });

  test('a session without a valid share: opens no share', async () => {
    const browser = openBrowser(api);
    await browser.signIn();
    const { cookie = '' } = browser;
    expect(await knock({ wants: 'share-item', cookie })).toEqual(REFUSED);
    expect(await knock({ wants: 'share-station', cookie, share: 'A'.repeat(22) })).toEqual(REFUSED);
  });

  test.each([undefined, '', 'Site', 'everything', 'constructor', '__proto__'])(
    'a request for %j: is refused',
    async (wants) => {
      const browser = openBrowser(api);
      await browser.signIn();
      const { token: share } = await api.access.shares.create({ mediaId: ITEM, personId: null }, 60);
      const asked = { cookie: browser.cookie ?? '', share };
      expect(await knock(wants === undefined ? asked : { ...asked, wants })).toEqual(REFUSED);
    },
  );

  test('a request without the key of nginx: is refused', async () => {
    const browser = openBrowser(api);
    await browser.signIn();
    const answer = await knock({ wants: 'site', cookie: browser.cookie ?? '', token: 'wrong' });
    expect([answer.status, answer.cache]).toEqual([401, 'no-store']);
  });

  test('checks answered with yes or no: are not logged', async () => {
    await knock({ wants: 'site' });
    await knock({ wants: 'site', token: 'wrong' });
    expect(api.logged).toEqual([]);
  });

  test('a check that fails with an error: is logged', async () => {
    await sql`DROP TABLE sessions`.execute(api.database.tables());
    expect((await knock({ wants: 'site', cookie: `linkcast=${'A'.repeat(43)}` })).status).toBe(500);
    expect(api.logged).toMatchObject([{ level: 'error', path: accessCheck.path }]);
  });
});

describe('in public', () => {
  beforeEach(() => start(true));

  test('the files of an item: are open to everybody, unless it is private or in the trash', async () => {
    expect(await knock({ wants: 'item', item: ITEM })).toEqual(PASSES);
    await api.store.setVisibility(ITEM, 'mine');
    expect(await knock({ wants: 'item', item: ITEM })).toEqual(HIDDEN);
    await api.store.setVisibility(ITEM, 'everyone');
    await api.store.setDeleted(ITEM, 1);
    expect(await knock({ wants: 'item', item: ITEM })).toEqual(HIDDEN);
  });

  test('the site: is open to everybody', async () => {
    expect(await knock({ wants: 'site' })).toEqual(PASSES);
  });

  test('a valid share: opens its item or the station, and nothing else', async () => {
    const { token: ofItem } = await api.access.shares.create({ mediaId: ITEM, personId: null }, 60);
    const { token: ofStation } = await api.access.shares.create({ mediaId: null, personId: null }, 60);
    expect(await knock({ wants: 'share-item', share: ofItem })).toEqual({ ...PASSES, item: ITEM });
    expect(await knock({ wants: 'share-station', share: ofItem })).toEqual(REFUSED);
    expect(await knock({ wants: 'share-station', share: ofStation })).toEqual(PASSES);
    expect(await knock({ wants: 'share-item', share: ofStation })).toEqual(REFUSED);
  });

  test.each([
    ['expired', () => Promise.resolve(void (api.nowMs += 60_000))],
    ['revoked', (id: string) => api.access.shares.revoke(id)],
  ])('a share that was valid and is %s: is refused', async (_name, end) => {
    const { token: share, share: record } = await api.access.shares.create({ mediaId: ITEM, personId: null }, 60);
    expect(await knock({ wants: 'share-item', share })).toEqual({ ...PASSES, item: ITEM });
    await end(record.id);
    expect(await knock({ wants: 'share-item', share })).toEqual(REFUSED);
  });

  test.each(['share-item', 'share-station'])('an unknown share for %s: is refused', async (wants) => {
    expect(await knock({ wants, share: 'A'.repeat(22) })).toEqual(REFUSED);
    expect(await knock({ wants })).toEqual(REFUSED);
  });
});
