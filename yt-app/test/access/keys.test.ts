import {
  accessCheck,
  Caller,
  endpoints,
  telegramUserHeader,
  type Endpoint,
  type Right,
  type ServiceName,
} from '@linkcast/contracts';
import { testKeyDigests, testKeys } from '@linkcast/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callerId } from '../../src/access/identity.ts';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { aPerson } from '../fixtures/a-person.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

/** Every internal endpoint, with the keys that it accepts; a body that fits none, so that nothing happens after it. */
const INTERNAL: Record<string, readonly ServiceName[]> = {
  'GET /internal/access': ['nginx'],
  'POST /internal/station/next': ['icecast'],
  'POST /internal/bot': ['bot'],
  'POST /internal/invitations/accept': ['bot'],
  'GET /internal/owners': ['bot'],
  'GET /internal/storage/questions': ['bot'],
  [`GET /internal/people/${mediaId(1)}/report-account`]: ['bot'],
  'POST /internal/telegram-links/open': ['bot'],
  'POST /internal/telegram-links/confirm': ['bot'],
  'POST /internal/work/claims': ['worker'],
  'POST /internal/work/update-tickets': ['worker'],
  [`POST /internal/work/${mediaId(1)}/lease`]: ['worker'],
  [`POST /internal/work/${mediaId(1)}/reports`]: ['worker'],
};
const holders = [...testKeyDigests.keys()];
const table: Endpoint[] = Object.values(endpoints);
const isRefused = (status: number): boolean => status === 401 || status === 403;

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
  await api.store.save(audioItem(1));
});
afterEach(() => api.stop());

/** The status of a call with a key; the body is of a type that no call takes. */
async function statusOf(call: string, key: string): Promise<number> {
  const [method = '', path = ''] = call.split(' ');
  const verb = method.toLowerCase() as 'get' | 'head' | 'post' | 'patch' | 'delete'; // the methods of the table
  const answer = await request(api.server)
    [verb](path)
    .set({
      authorization: `Bearer ${key}`,
      host: 'home.test',
      origin: 'http://home.test',
      'content-type': 'text/plain',
    })
    .send(method === 'GET' || method === 'HEAD' ? undefined : 'x');
  return answer.status;
}

/** As the table has it; of a stream only the headers are requested. */
function callOf({ method, path, produces }: Endpoint): string {
  return `${produces ? 'HEAD' : method.toUpperCase()} ${path.replace(':id', mediaId(1))}`;
}

test('the table of this test: names every internal endpoint', () => {
  const internal = table.filter(({ internal }) => internal).map(callOf);
  expect(Object.keys(INTERNAL).toSorted()).toEqual([`GET ${accessCheck.path}`, ...internal].toSorted());
});

describe.each(Object.entries(INTERNAL))('%s', (call, services) => {
  test.each(holders)('with the key of %s: is refused with 403 unless the table accepts that key', async (holder) => {
    const isAccepted = services.some((service) => service === holder);
    expect((await statusOf(call, testKeys[holder])) !== 403).toBe(isAccepted);
  });

  test.each(['unknown', `${testKeys.nginx}x`, testKeys.nginx.slice(0, -1), testKeys.bot.toUpperCase()])(
    'with the unknown key %s: answers 401',
    async (key) => {
      expect(await statusOf(call, key)).toBe(401);
    },
  );
});

describe('the public API', () => {
  const open = table.filter(({ internal }) => !internal);
  const calls = [...open.map(callOf), 'GET /api/openapi.json'];
  /** The calls that the table opens to the bot for itself. */
  const ofBot = open.filter(({ services }) => services?.includes('bot')).map(callOf);

  test("with the owner's key: passes everywhere, but where a person makes a passkey in their browser", async () => {
    const bySession = open.filter((endpoint) => endpoint.bySession).map(callOf);
    for (const call of calls)
      expect([call, isRefused(await statusOf(call, testKeys.owner))]).toEqual([call, bySession.includes(call)]);
  });

  test.each(holders.filter((holder) => holder !== 'owner'))(
    'with the key of %s: is refused with 403, but for the calls that name the part',
    async (holder) => {
      for (const call of calls) {
        const isOpen = holder === 'bot' && ofBot.includes(call);
        expect([call, (await statusOf(call, testKeys[holder])) === 403]).toEqual([call, !isOpen]);
      }
    },
  );

  test('with ACCESS=public and the key of a part: is refused as in private', async () => {
    await api.stop();
    api = await startApi({ isPublic: true });
    for (const holder of ['nginx', 'bot'] as const)
      expect(await statusOf('GET /api/media', testKeys[holder])).toBe(403);
  });
});

test.each(holders)('/metrics with the key of %s: accepts the owner only', async (holder) => {
  expect(await statusOf('GET /metrics', testKeys[holder])).toBe(holder === 'owner' ? 200 : 403);
});

describe('/metrics', () => {
  const metricsWith = async (role: 'owner' | 'member', scopes: Right[]): Promise<number> => {
    const { id: personId } = await aPerson(api.access, { role, telegramId: 1001, name: 'Anna' });
    const { key } = await api.access.keys.create({ personId, name: 'prometheus', scopes });
    return statusOf('GET /metrics', key);
  };

  test('with the personal key of an owner with the scope manage: answers 200', async () => {
    expect(await metricsWith('owner', ['manage'])).toBe(200);
  });

  test('with a personal key of an owner without that scope: answers 403', async () => {
    expect(await metricsWith('owner', ['watch', 'add'])).toBe(403);
  });

  test('with a personal key of a member: answers 403', async () => {
    expect(await metricsWith('member', ['watch', 'add', 'manage'])).toBe(403);
  });

  test('without a key: answers 401', async () => {
    expect((await request(api.server).get('/metrics')).status).toBe(401);
  });

  test('with the session of an owner: answers a page of the site, and no page of another one', async () => {
    const browser = openBrowser(api);
    await browser.signIn();
    expect((await browser.ask('get', '/metrics')).status).toBe(200);
    const elsewhere = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await browser.ask('get', '/metrics', undefined, elsewhere)).status).toBe(403);
  });

  test('with the session of a member: answers 403', async () => {
    const browser = openBrowser(api);
    await browser.signIn({ role: 'member' });
    expect((await browser.ask('get', '/metrics')).status).toBe(403);
  });
});

test("a caller with the owner's key: has all rights, as the owner at the console", async () => {
  const answer = await request(api.server).get('/api/session').set('authorization', `Bearer ${testKeys.owner}`);
  const { id } = await api.access.people.atConsole();
  expect(Caller.parse(answer.body)).toMatchObject({ role: 'key', personId: id, rights: ['watch', 'add', 'manage'] });
});

test('the id of a caller: is the same for a person on each way in, and differs for each part and share', async () => {
  const anna = await aPerson(api.access, { role: 'member', telegramId: 1001, name: 'Anna' });
  const console = await api.access.people.atConsole();
  const browser = openBrowser(api);
  await browser.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
  const { token } = await api.access.shares.create({ mediaId: mediaId(1), personId: null }, 60);
  const callers = [
    { cookie: browser.cookie ?? '' },
    { authorization: `Bearer ${testKeys.bot}`, [telegramUserHeader]: '1001' },
    { authorization: `Bearer ${testKeys.owner}` },
    { authorization: `Bearer ${testKeys.nginx}`, [telegramUserHeader]: '1001' },
    { authorization: `Share ${token}` },
    { authorization: 'Bearer unknown', [telegramUserHeader]: '1001' },
    { [telegramUserHeader]: '1001' },
  ];
  const ids = (await Promise.all(callers.map((headers) => api.access.identify(headers)))).map(callerId);
  expect(ids).toEqual([
    `person:${anna.id}`,
    `person:${anna.id}`,
    `person:${console.id}`,
    'service:nginx',
    expect.stringMatching(/^share:.+/),
    'nobody',
    'nobody',
  ]);
  expect(ids.join()).not.toContain(token);
});
