import { Caller, endpoints, Media, MediaList, type Endpoint, type EndpointName, type Role } from '@linkcast/contracts';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const table = Object.entries(endpoints) as [EndpointName, Endpoint][];
const SHARED = mediaId(1);
const OTHER = mediaId(2);

let api: ApiFixture;
const start = async (isPublic = false): Promise<void> => {
  api = await startApi({ isPublic });
  for (const number of [1, 2]) await api.store.save(audioItem(number));
};
afterEach(() => api.stop());

type PersonRole = Exclude<Role, 'service'>;

/** Headers of a caller in this role. */
async function headersOf(role: PersonRole): Promise<Record<string, string>> {
  if (role === 'key') return { authorization: `Bearer ${API_TOKEN}` };
  if (role === 'guest')
    return {
      authorization: `Share ${(await api.access.shares.create({ mediaId: SHARED, personId: null }, 60)).token}`,
    };
  if (role === 'visitor' || role === 'nobody') return {};
  const browser = openBrowser(api);
  await browser.signIn({ role });
  return { cookie: browser.cookie ?? '' };
}

/** The guard's answer to each call; the body fits none, so nothing else happens. */
async function verdicts(role: PersonRole, id = SHARED): Promise<Partial<Record<EndpointName, number>>> {
  return verdictsFor(await headersOf(role), id);
}

async function verdictsFor(
  credentials: Record<string, string>,
  id = SHARED,
): Promise<Partial<Record<EndpointName, number>>> {
  const headers = { host: 'home.test', origin: 'http://home.test', ...credentials };
  const answers = table
    .filter(([, { right }]) => right !== 'none')
    .map(async ([name, { method, path, produces }]) => {
      const call = request(api.server)[method === 'get' && produces ? 'head' : method](path.replace(':id', id));
      const { status } = await call
        .set(headers)
        .set('content-type', 'text/plain')
        .send(method === 'get' ? undefined : 'x');
      return [name, status] as const;
    });
  return Object.fromEntries(await Promise.all(answers));
}

/** The calls whose right is among these. */
function callsFor(...rights: Endpoint['right'][]): EndpointName[] {
  return table.filter(([, { right }]) => rights.includes(right)).map(([name]) => name);
}

const refusedWith = (found: Partial<Record<EndpointName, number>>, ...statuses: number[]) =>
  Object.entries(found)
    .filter(([, status]) => statuses.includes(status))
    .map(([name]) => name)
    .sort();

describe('in private', () => {
  beforeEach(() => start());

  test.each<[PersonRole, number, Endpoint['right'][]]>([
    ['key', 403, ['service']],
    ['owner', 403, ['service']],
    ['member', 403, ['service', 'manage']],
    ['nobody', 401, ['service', 'manage', 'add', 'watch']],
  ])('%s: gets %d for calls without the right, and for no others', async (role, status, refused) => {
    const found = await verdicts(role);
    const bySession = table.filter(([, endpoint]) => endpoint.bySession).map(([name]) => name);
    const expected = new Set([...callsFor(...refused), ...(role === 'key' ? bySession : [])]);
    expect(refusedWith(found, 401, 403)).toEqual([...expected].sort());
    expect(refusedWith(found, status)).toEqual([...expected].sort());
  });

  test('a guest: may read the one item that was shared', async () => {
    const found = await verdicts('guest');
    expect(found.getMedia).toBe(200);
    const others = callsFor('service', 'manage', 'add', 'watch').filter((name) => name !== 'getMedia');
    expect(refusedWith(found, 403)).toEqual(others.sort());
  });

  test.each([OTHER, mediaId(9), 'x', '%F0%9F%98%80'])('a guest requesting the item %s: gets 404', async (id) => {
    expectProblem(
      await request(api.server)
        .get(`/api/media/${id}`)
        .set(await headersOf('guest')),
      'not-found',
    );
  });

  test('a guest of the station: gets 404 for an item', async () => {
    const { token } = await api.access.shares.create({ mediaId: null, personId: null }, 60);
    const answer = await request(api.server).get(`/api/media/${SHARED}`).set('authorization', `Share ${token}`);
    expectProblem(answer, 'not-found');
  });

  test.each(['/metrics', '/api/openapi.json'])('a guest requesting %s: gets 403', async (path) => {
    expectProblem(
      await request(api.server)
        .get(path)
        .set(await headersOf('guest')),
      'forbidden',
    );
  });

  test('a wrong Authorization header with a valid cookie: answers 401', async () => {
    const headers = { ...(await headersOf('owner')), authorization: 'Bearer wrong' };
    expectProblem(await request(api.server).get('/api/media').set(headers), 'unauthorized');
  });

  test('GET /api/session: answers every role', async () => {
    for (const role of ['key', 'owner', 'member', 'guest', 'nobody'] as const) {
      const answer = await request(api.server)
        .get('/api/session')
        .set(await headersOf(role));
      expect(Caller.parse(answer.body)).toMatchObject({ role, mediaId: role === 'guest' ? SHARED : null });
    }
  });
});

describe('in public', () => {
  beforeEach(() => start(true));

  test('a visitor: may watch, and gets 401 for all other calls', async () => {
    const found = await verdicts('visitor');
    const ofPeople = table.filter(([, { forPeople }]) => forPeople).map(([name]) => name);
    const refused = new Set([...callsFor('add', 'manage', 'service'), ...ofPeople]);
    expect(refusedWith(found, 401, 403)).toEqual([...refused].sort());
    expect(refusedWith(found, 403)).toEqual([]);
  });

  test('a visitor: sees items without source and job', async () => {
    await api.store.save(audioItem(1, { jobId: 'job-1' }));
    const list = await request(api.server).get('/api/media');
    const item = await request(api.server).get(`/api/media/${SHARED}`);
    const found = await request(api.server).get('/api/media?q=track&sort=title&limit=1');
    for (const media of [...MediaList.parse(list.body).media, item.body, ...MediaList.parse(found.body).media])
      expect(Media.parse(media)).toMatchObject({ sourceUrl: null, jobId: null, title: expect.any(String) as string });
    for (const answer of [list, item, found]) expect(answer.text).not.toContain('example.com');
    const full = await request(api.server)
      .get(`/api/media/${SHARED}`)
      .set(await headersOf('member'));
    expect(full.body).toMatchObject({ sourceUrl: 'https://example.com/watch?v=1', jobId: 'job-1' });
  });

  test.each([
    ['get', '/api/jobs'],
    ['head', '/api/jobs'],
    ['get', '/api/jobs?state=ready&limit=1'],
    ['get', '/api/jobs/job-1'],
    ['head', '/api/jobs/job-1'],
    ['get', '/api/jobs/job-1/events'],
    ['get', '/api/jobs/job-1/events?lastEventId=end'],
    ['get', '/api/events'],
    ['head', '/api/events'],
    ['get', '/api/events?lastEventId=x-1'],
    ['get', '/api/probe?url=https://example.com/'],
    ['get', '/api/health'],
  ] as const)('%s %s of a visitor: answers 401 and reveals no source', async (method, path) => {
    await api.jobs.submit({ url: 'https://secret.example.com/', type: 'video' });
    const answer = await request(api.server)[method](path).set('last-event-id', 'x-1');
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('an expired cookie: makes a visitor; an unknown share: makes nobody; a wrong key: is refused', async () => {
    const caller = async (headers: Record<string, string>) =>
      Caller.parse((await request(api.server).get('/api/session').set(headers)).body).role;
    expect(await caller({ cookie: `linkcast=${'A'.repeat(43)}` })).toBe('visitor');
    expect(await caller({ authorization: `Share ${'A'.repeat(22)}` })).toBe('nobody');
    const answer = await request(api.server).get('/api/media').set('authorization', 'Bearer wrong');
    expectProblem(answer, 'unauthorized');
  });
});

describe('a page of another site', () => {
  let browser: Browser;
  beforeEach(async () => {
    await start();
    browser = openBrowser(api);
    await browser.signIn();
  });

  const FOREIGN: [string, Record<string, string>][] = [
    ['of another host', { origin: 'http://evil.test' }],
    ['of a host that begins alike', { origin: 'http://home.test.evil.test' }],
    ['of a subdomain', { origin: 'http://a.home.test' }],
    ['of another port', { origin: 'http://home.test:81' }],
    ['without an origin', { origin: 'null' }],
    ['with an origin that is no address', { origin: 'home.test' }],
    ['of another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['of a subdomain, by Sec-Fetch-Site', { 'sec-fetch-site': 'same-site' }],
    [
      'of another site by Sec-Fetch-Site, with our own origin',
      { 'sec-fetch-site': 'cross-site', origin: 'http://home.test' },
    ],
  ];

  test.each(FOREIGN)('%s: cannot use the cookie to change anything', async (_, headers) => {
    const calls = [
      await browser.ask('post', '/api/jobs', { url: 'https://example.com/', type: 'video' }, headers),
      await browser.ask('delete', `/api/media/${SHARED}`, undefined, headers),
      await browser.ask('delete', '/api/session', undefined, headers),
      await browser.ask('post', '/api/session', { code: 'aaaa-aaaa-aaaa' }, headers),
    ];
    for (const answer of calls) expectProblem(answer, 'forbidden');
    expect(api.jobs.submitted).toEqual([]);
    expect(await api.store.get(SHARED)).toBeDefined();
    expect(await api.access.sessions.list()).toHaveLength(1);
  });

  test('without an origin: cannot use the cookie to change anything', async () => {
    const { cookie = '' } = browser;
    expectProblem(await request(api.server).delete(`/api/media/${SHARED}`).set({ cookie }), 'forbidden');
  });

  test.each(FOREIGN)('%s: cannot use the cookie to read anything', async (_, headers) => {
    for (const path of ['/api/probe?url=https://example.com/', '/api/media', '/api/session', '/api/events']) {
      expectProblem(await browser.ask('get', path, undefined, headers), 'forbidden');
    }
  });

  test('a URL typed into the browser: is answered', async () => {
    const { cookie = '' } = browser;
    const answer = await request(api.server).get('/api/media').set({ cookie, 'sec-fetch-site': 'none' });
    expect(answer.status).toBe(200);
  });

  test.each([
    ['by Origin', {}],
    ['by Origin with the default port', { host: 'home.test:80' }],
    ['by Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin', origin: 'http://other.test' }],
  ])('our own pages: are recognised %s', async (_, headers: Record<string, string>) => {
    const answer = await browser.ask('post', '/api/station/requests', { mediaId: SHARED }, headers);
    expect(answer.status).toBe(202);
  });

  test('a call with the API token: needs no origin', async () => {
    const answer = await request(api.server)
      .post('/api/station/requests')
      .set({ authorization: `Bearer ${API_TOKEN}`, origin: 'http://evil.test' })
      .send({ mediaId: SHARED });
    expect(answer.status).toBe(202);
  });
});
