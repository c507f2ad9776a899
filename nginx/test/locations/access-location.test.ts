import { accessCheck } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { until } from '@linkcast/testing';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ITEM_SHARE,
  MEDIA_ID,
  SESSION,
  startEdge,
  STATION_SHARE,
  type EdgeFixture,
  type RequestOptions,
} from '../fixtures/edge-fixture.ts';
import { expectHeadersOnce } from '../fixtures/expect-headers.ts';

const texts = textsOf('en');

/** An item without a directory: the check comes first. */
const OTHER_ID = 'bbbbbbbbbbbbbbbbbbbb';
const FILE = `/media/${MEDIA_ID}/v1080.mp4`;
const PAGES = ['/', '/radio', '/queue', '/add?url=x', `/watch/${MEDIA_ID}`, `/listen/${MEDIA_ID}`];
const token = (name: string) => `${name}_`.padEnd(43, 'x');
const withCookie = (cookie: string): RequestOptions => ({ headers: { cookie } });

const STRANGER: RequestOptions = { isStranger: true };

let counter = 0;
/** Returns a share token that has not been used. */
const newShare = () => `${(counter += 1)}-share`.padEnd(22, 'x');

describe('a private site', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    edge.icecast.handler = (_request, response) => response.end('mp3');
  });
  const statusOf = async (path: string, options: RequestOptions = {}) => (await edge.request(path, options)).status;

  test.each(PAGES)('%s without a session: answers 401 with the page of the site', async (path) => {
    const answer = await edge.request(path, { isStranger: true });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('<title>Linkcast</title>');
    expect(answer.headers['content-type']).toContain('text/html');
    expectHeadersOnce(answer);
  });

  test.each([FILE, '/play'])('%s without a session: answers 401 with one sentence', async (path) => {
    const answer = await edge.request(path, { isStranger: true });
    expect([answer.status, answer.body]).toEqual([401, texts.problems.unauthorized.sentence({})]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test.each([...PAGES, FILE, '/play'])('%s with a session: answers 200', async (path) => {
    expect(await statusOf(path)).toBe(200);
  });

  test('the access check: has our key and the session, and no other header of the client', async () => {
    const session = token('asked');
    edge.ytApp.sessions.add(session);
    await edge.request(FILE, {
      method: 'HEAD',
      headers: {
        cookie: `other=1; linkcast=${session}; more=2`,
        authorization: 'Bearer mine',
        [accessCheck.wantsHeader]: 'share-item',
        [accessCheck.shareHeader]: ITEM_SHARE,
        [accessCheck.itemHeader]: 'another',
        range: 'bytes=0-1',
        'x-forwarded-for': '8.8.8.8',
      },
    });
    const check = edge.ytApp.accessChecks.at(-1);
    expect(check).toMatchObject({
      cookie: `linkcast=${session}`,
      authorization: `Bearer ${edge.options.serviceKey}`,
      [accessCheck.wantsHeader]: 'item',
      [accessCheck.itemHeader]: MEDIA_ID,
    });
    for (const name of [accessCheck.shareHeader, 'range', 'x-forwarded-for']) expect(check?.[name]).toBeUndefined();
  });

  test.each([
    ['empty', 'linkcast='],
    ['too short', `linkcast=${SESSION.slice(1)}`],
    ['too long', `linkcast=${SESSION}x`],
    ['with a quote', `linkcast="${SESSION}"`],
    ['with a slash', `linkcast=${SESSION.slice(1)}/`],
    ['of another name', `xlinkcast=${SESSION}`],
    ['of HTTPS, over HTTP', `__Host-linkcast=${SESSION}`],
    ['inside another value', `a=b,linkcast=${SESSION}`],
    ['of 8 kB', `linkcast=${'x'.repeat(7000)}`],
  ])('a session cookie that is %s: is ignored', async (_, cookie) => {
    expect(await statusOf(FILE, withCookie(cookie))).toBe(401);
  });

  test.each([
    `linkcast=${SESSION}`,
    `a=1; linkcast=${SESSION}`,
    `linkcast=${SESSION};b=2`,
    `linkcast=; linkcast=${SESSION}`,
  ])('the cookies %s: give access', async (cookie) => {
    expect(await statusOf(FILE, withCookie(cookie))).toBe(200);
  });

  test('the __Host- cookie: is the only one that gives access over HTTPS', async () => {
    expect(await statusOf(FILE, { isHttps: true })).toBe(200);
    expect(await statusOf(FILE, { isHttps: true, ...withCookie(`linkcast=${SESSION}`) })).toBe(401);
  });

  test('an unknown session, or a key in Authorization: answers 401', async () => {
    expect(await statusOf(FILE, withCookie(`linkcast=${token('unknown')}`))).toBe(401);
    const headers = { authorization: `Bearer ${edge.options.serviceKey}` };
    expect(await statusOf(FILE, { isStranger: true, headers })).toBe(401);
  });

  test('the files of an item that does not exist for the person: answer as a missing file', async () => {
    edge.ytApp.hidden.add(OTHER_ID);
    const hidden = await edge.request(`/media/${OTHER_ID}/v1080.mp4`);
    const missing = await edge.request(`/media/${MEDIA_ID}/missing.mp4`);
    expect([hidden.status, hidden.body]).toEqual([404, missing.body]);
    expect(hidden.headers).toMatchObject({ ...missing.headers, date: hidden.headers.date });
    expectHeadersOnce(hidden);
    expect(await statusOf(`/media/${OTHER_ID}/v1080.mp4`, STRANGER)).toBe(401);
  });

  test('an item that was hidden: is not served from a stale decision, however many requests come at once', async () => {
    const id = 'cccccccccccccccccccc';
    const directory = path.join(edge.options.mediaDirectory, id);
    await mkdir(directory);
    await writeFile(path.join(directory, 'v1080.mp4'), 'picture');
    const file = `/media/${id}/v1080.mp4`;
    expect(await statusOf(file)).toBe(200);
    edge.ytApp.hidden.add(id);
    await until(async () => (await statusOf(file)) === 404, 10);
    for (let round = 0; round < 5; round += 1) {
      const statuses = await Promise.all(Array.from({ length: 8 }, () => statusOf(file)));
      expect(new Set(statuses)).toEqual(new Set([404]));
      await delay(600); // past the time of a negative decision
    }
  });

  test('a decision about one item: is not used for another', async () => {
    edge.ytApp.hidden.add(OTHER_ID);
    expect(await statusOf(FILE)).toBe(200);
    expect(await statusOf(`/media/${OTHER_ID}/v1080.mp4`)).toBe(404);
    expect(await statusOf(FILE)).toBe(200);
  });

  test('many requests of one session: cause at most one access check per second', async () => {
    const session = token('busy');
    edge.ytApp.sessions.add(session);
    const before = edge.ytApp.accessChecks.length;
    const startedAt = performance.now();
    const requests = Array.from({ length: 40 }, () => statusOf(FILE, withCookie(`linkcast=${session}`)));
    expect(new Set(await Promise.all(requests))).toEqual(new Set([200]));
    const seconds = (performance.now() - startedAt) / 1000;
    expect(edge.ytApp.accessChecks.length - before).toBeLessThanOrEqual(1 + seconds); // more on a slow machine
  });

  test('an ended session: gives no access after seconds; a new one gives access', async () => {
    const session = token('ended');
    expect(await statusOf(FILE, withCookie(`linkcast=${session}`))).toBe(401);
    edge.ytApp.sessions.add(session);
    await until(async () => (await statusOf(FILE, withCookie(`linkcast=${session}`))) === 200, 5);
    edge.ytApp.sessions.delete(session);
    await until(async () => (await statusOf(FILE, withCookie(`linkcast=${session}`))) === 401, 8);
  });

  test('cached access decisions: are in memory, and no file in the state directory has a session token', async () => {
    await edge.request(FILE);
    const conf = await readFile(`${edge.options.stateDirectory}/nginx.conf`, 'utf8');
    const directory = /proxy_cache_path "([^"]+)"/.exec(conf)?.[1] ?? '';
    expect(directory).toMatch(/^\/dev\/shm\//);
    expect((await readdir(directory)).length).toBeGreaterThan(0);
    const files = await readdir(edge.options.stateDirectory, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      expect(await readFile(`${file.parentPath}/${file.name}`, 'utf8')).not.toContain(SESSION);
    }
  });

  describe('shares', () => {
    const openAsGuest = (path: string) => edge.request(path, { isStranger: true });

    test.each([ITEM_SHARE, STATION_SHARE])('/s/%s without a slash: redirects to the page', async (share) => {
      const { status, headers } = await openAsGuest(`/s/${share}?x=1`);
      expect([status, headers.location]).toEqual([308, `/s/${share}/`]);
    });

    test.each([ITEM_SHARE, STATION_SHARE])('/s/%s/: answers with the page', async (share) => {
      const { status, body } = await openAsGuest(`/s/${share}/`);
      expect([status, body.includes('<title>Linkcast</title>')]).toEqual([200, true]);
    });

    test.each(['index.m3u8', 'v1080.mp4', 'audio.mp3', 'poster.jpg'])(
      '%s of the shared item: answers 200',
      async (file) => {
        expect((await openAsGuest(`/s/${ITEM_SHARE}/${file}`)).status).toBe(200);
      },
    );

    test('the stream of a shared station: answers with the stream', async () => {
      expect((await openAsGuest(`/s/${STATION_SHARE}/play`)).body).toBe('mp3');
    });

    test.each([
      ['the station by the share of an item', `/s/${ITEM_SHARE}/play`],
      ['a file by the share of the station', `/s/${STATION_SHARE}/index.m3u8`],
      ['media.json', `/s/${ITEM_SHARE}/media.json`],
      ['another item', `/s/${ITEM_SHARE}/${MEDIA_ID}/index.m3u8`],
      ['a way up', `/s/${ITEM_SHARE}/../../secret.mp4`],
      ['an escaped way up', `/s/${ITEM_SHARE}/..%2f..%2fsecret.mp4`],
      ['a hidden file', `/s/${ITEM_SHARE}/.work.mp4`],
      ['a short token', `/s/${ITEM_SHARE.slice(1)}/`],
      ['a long token', `/s/${ITEM_SHARE}x/`],
      ['a token with an escaped letter', `/s/%69${ITEM_SHARE.slice(1)}/`],
      ['an altered token', `/s/${ITEM_SHARE.slice(0, -1)}y/index.m3u8`],
      ['an unknown token', `/s/${'u'.repeat(22)}/`],
      ['no token', '/s/'],
      ['the API', `/s/${ITEM_SHARE}/api/media`],
    ])('%s: answers 404 with the page of the site', async (_, path) => {
      const { status, body } = await openAsGuest(path);
      expect([status, body.includes('<title>Linkcast</title>')]).toEqual([404, true]);
    });

    test('a share in Authorization: gives no access to files', async () => {
      expect(
        (await edge.request(FILE, { isStranger: true, headers: { authorization: `Share ${ITEM_SHARE}` } })).status,
      ).toBe(401);
    });

    test('an unknown share with a session: answers 404', async () => {
      expect((await edge.request(`/s/${'u'.repeat(22)}/index.m3u8`)).status).toBe(404);
    });

    test('a revoked share: gives no access after seconds', async () => {
      const share = newShare();
      edge.ytApp.shares.set(share, MEDIA_ID);
      const path = `/s/${share}/index.m3u8`;
      expect((await openAsGuest(path)).status).toBe(200);
      edge.ytApp.shares.delete(share);
      await until(async () => (await openAsGuest(path)).status === 404, 8);
    });

    test('a revoked share of a client over the request limit: gives no access after seconds', async () => {
      const share = newShare();
      edge.ytApp.shares.set(share, MEDIA_ID);
      const path = `/s/${share}/index.m3u8`;
      expect((await openAsGuest(path)).status).toBe(200);
      edge.ytApp.shares.delete(share);
      const revokedAt = performance.now();
      const rounds: { ageMs: number; status: number | undefined }[] = [];
      while (performance.now() - revokedAt < 6000) {
        const ageMs = performance.now() - revokedAt;
        const invented = Array.from({ length: 80 }, () => `/s/${newShare()}/index.m3u8`);
        const statuses = await Promise.all([...invented, path].map((one) => statusOf(one, STRANGER)));
        rounds.push({ ageMs, status: statuses.at(-1) });
      }
      const late = rounds.filter(({ ageMs }) => ageMs > 4000);
      expect(late.filter(({ status }) => status === 200)).toEqual([]);
    });
  });
});

describe('a private site while yt-app is down', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  test('a cached positive decision: is used; all other requests get 503', async () => {
    expect((await edge.request(FILE)).status).toBe(200);
    expect((await edge.request(`/s/${ITEM_SHARE}/index.m3u8`)).status).toBe(200);
    edge.ytApp.isDown = true;
    for (const path of [FILE, `/s/${ITEM_SHARE}/index.m3u8`]) {
      const before = edge.ytApp.accessChecks.length;
      await until(async () => {
        expect((await edge.request(path)).status).toBe(200);
        return edge.ytApp.accessChecks.length > before; // it was checked again, without an answer
      }, 10);
      expect((await edge.request(path)).status).toBe(200);
    }
    for (const path of ['/', FILE, '/play', `/s/${newShare()}/`, `/s/${newShare()}/index.m3u8`]) {
      const answer = await edge.request(path, withCookie(`linkcast=${token('new')}`));
      expect([path, answer.status, answer.body]).toEqual([path, 503, texts.problems['server-starting'].sentence({})]);
      expectHeadersOnce(answer);
    }
  });
});

/** Lifetime of a positive decision. After that it may be used for {@link STALE_SECONDS}. */
const FRESH_SECONDS = 3;
const STALE_SECONDS = 3;

describe('a private site while yt-app stays unreachable', () => {
  let edge: EdgeFixture;
  beforeEach(async () => {
    edge = await startEdge({ staleDecisionSeconds: STALE_SECONDS });
  });
  afterEach(() => edge.stop());

  interface Request {
    readonly sentAt: number;
    readonly status: number;
  }

  /** Requests a file steadily, which keeps decisions in the cache. Times are seconds since the start. */
  async function useFor(seconds: number, path: string): Promise<readonly Request[]> {
    const startedAt = performance.now();
    const now = () => (performance.now() - startedAt) / 1000;
    const requests: Promise<Request>[] = [];
    while (now() < seconds) {
      const sentAt = now();
      requests.push(edge.request(path).then(({ status }) => ({ sentAt, status })));
      await delay(200); // below the limit of access checks, with or without answers
    }
    return Promise.all(requests);
  }

  test.each([
    ['down', 'isDown', FILE],
    ['down, for a guest', 'isDown', `/s/${ITEM_SHARE}/index.m3u8`],
    ['silent', 'isSilent', FILE],
  ] as const)('%s: a positive decision is used until its maximum age', async (_, how, path) => {
    expect((await edge.request(path)).status).toBe(200);
    edge.ytApp[how] = true;
    const requests = await useFor(FRESH_SECONDS + STALE_SECONDS + 4, path);
    const sentWithin = (from: number, to: number) =>
      new Set(requests.filter(({ sentAt }) => sentAt >= from && sentAt < to).map(({ status }) => status));
    expect(sentWithin(0, FRESH_SECONDS + STALE_SECONDS - 1)).toEqual(new Set([200]));
    expect(sentWithin(FRESH_SECONDS + STALE_SECONDS + 1, Infinity)).toEqual(new Set([503])); // nginx counts whole seconds
    edge.ytApp[how] = false;
    await until(async () => (await edge.request(path)).status === 200, 10);
  });
});

describe('a public site', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge({ access: 'public' });
    edge.ytApp.isPublic = true;
  });
  afterAll(() => edge.stop());

  test.each([...PAGES, FILE, '/play', `/s/${ITEM_SHARE}/`, `/s/${ITEM_SHARE}/index.m3u8`])(
    '%s without a session: answers 200',
    async (path) => {
      expect((await edge.request(path, { isStranger: true })).status).toBe(200);
    },
  );

  test('an unknown share: answers 404', async () => {
    expect((await edge.request(`/s/${newShare()}/`, { isStranger: true })).status).toBe(404);
  });

  test('a private item, or one in the trash: answers 404', async () => {
    edge.ytApp.hidden.add(OTHER_ID);
    expect((await edge.request(`/media/${OTHER_ID}/v1080.mp4`, { isStranger: true })).status).toBe(404);
  });
});
