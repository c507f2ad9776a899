import { accessCheck, Caller, endpoints, type Endpoint, type ServiceName } from '@linkcast/contracts';
import { testKeyDigests, testKeys } from '@linkcast/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callerId } from '../../src/access/identity.ts';
import { startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

/** Every internal endpoint, with the keys that it accepts; a body that fits none, so that nothing happens after it. */
const INTERNAL: Record<string, readonly ServiceName[]> = {
  'GET /internal/access': ['nginx'],
  'POST /internal/station/next': ['icecast'],
  'POST /internal/membership': ['bot'],
  'POST /internal/sign-outs': ['bot'],
  'POST /internal/work/claims': ['worker'],
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
  const calls = [...table.filter(({ internal }) => !internal).map(callOf), 'GET /api/openapi.json'];

  test.each(['owner', 'bot'] as const)('with the key of %s: passes everywhere', async (holder) => {
    for (const call of calls) expect([call, isRefused(await statusOf(call, testKeys[holder]))]).toEqual([call, false]);
  });

  test.each(holders.filter((holder) => holder !== 'owner' && holder !== 'bot'))(
    'with the key of %s: is refused everywhere with 403',
    async (holder) => {
      for (const call of calls) expect([call, await statusOf(call, testKeys[holder])]).toEqual([call, 403]);
    },
  );

  test.each(['nginx', 'bot'] as const)(
    'with ACCESS=public and the key of %s: accepts the bot and refuses nginx, as in private',
    async (holder) => {
      await api.stop();
      api = await startApi({ isPublic: true });
      expect(await statusOf('GET /api/media', testKeys[holder])).toBe(holder === 'bot' ? 200 : 403);
    },
  );
});

test.each(holders)('/metrics with the key of %s: accepts the owner only', async (holder) => {
  expect(await statusOf('GET /metrics', testKeys[holder])).toBe(holder === 'owner' ? 200 : 403);
});

test('/metrics with the session of an owner: answers 403', async () => {
  const browser = openBrowser(api);
  await browser.signIn();
  expect((await browser.ask('get', '/metrics')).status).toBe(403);
});

test('a caller with a key: is the owner, or a service with the rights of people', async () => {
  const callerWith = async (key: string) =>
    Caller.parse((await request(api.server).get('/api/session').set('authorization', `Bearer ${key}`)).body);
  const rights = ['watch', 'add', 'manage'];
  expect(await callerWith(testKeys.owner)).toMatchObject({ role: 'key', rights });
  expect(await callerWith(testKeys.bot)).toMatchObject({ role: 'service', rights });
});

test('the id of a caller: is the same for a person on each device, and differs for each key, session and share', async () => {
  const ANNA = { role: 'member', telegramId: 1001, name: 'Anna', device: 'x' } as const;
  const console = { role: 'owner', telegramId: null, name: null, device: 'x' } as const;
  const signedIn = [ANNA, ANNA, console, console].map((facts) => api.access.sessions.create(facts));
  const [first, second, third, fourth] = (await Promise.all(signedIn)).map(({ session }) =>
    callerId({ role: session.role, session }),
  );
  expect(first).toBe('person:1001');
  expect(second).toBe(first);
  expect(third).toMatch(/^session:.+/);
  expect(fourth).not.toBe(third);
  const { token } = await api.access.shares.create(mediaId(1), 60);
  const keys = [testKeys.owner, testKeys.bot, testKeys.nginx].map((key) => `Bearer ${key}`);
  const identities = [...keys, `Share ${token}`, 'Bearer unknown'].map((authorization) =>
    api.access.identify({ authorization }),
  );
  const ids = (await Promise.all(identities)).map(callerId);
  expect(ids).toEqual(['owner-key', 'service:bot', 'service:nginx', expect.stringMatching(/^share:.+/), 'nobody']);
  expect(ids.join()).not.toContain(token);
});
