import { Problem, ProblemDocument } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../../src/log/logger.ts';
import type { KeyDigests } from '../../src/keys/key-digests.ts';
import { digestOf } from '../../src/keys/secret-digest.ts';
import { startServiceServer, type Check, type ServiceServer } from '../../src/service/service-server.ts';

const KEY = 'canary-key-of-yt-app-0123456789';
const AUTHORIZATION = `Bearer ${KEY}`;
const OTHER_KEYS = { certbot: 'canary-key-of-certbot', bot: 'canary-key-of-the-bot', owner: 'canary-token' };
const JSON_TYPE = { 'content-type': 'application/json' };
const keyDigests: KeyDigests = new Map([
  ['yt-app', digestOf(KEY)],
  ['certbot', digestOf(OTHER_KEYS.certbot)],
  ['bot', digestOf(OTHER_KEYS.bot)],
  ['owner', digestOf(OTHER_KEYS.owner)],
]);

let server: ServiceServer;
let checks: Check[];
let log: string[];
let calls: unknown[];

beforeEach(async () => {
  checks = [];
  log = [];
  calls = [];
  server = await startServiceServer({
    host: '127.0.0.1',
    port: 0,
    keyDigests,
    checks: () => checks,
    routes: {
      'GET /status': { services: ['yt-app'], answer: () => ({ status: 200, body: { on: true } }) },
      'POST /orders': {
        services: ['yt-app', 'certbot'],
        answer: async ({ readJson }) => {
          calls.push(await readJson());
          return { status: 204 };
        },
      },
      'GET /nobody': { services: [], answer: () => ({ status: 200 }) },
      'GET /bug': {
        services: ['yt-app'],
        answer: () => {
          throw new Error('a path and a token');
        },
      },
      'GET /busy': {
        services: ['yt-app'],
        answer: () => {
          throw new Problem('conflict');
        },
      },
    },
    logger: createLogger({ service: 'test', destination: { write: (line) => log.push(line) } }),
  });
});
afterEach(() => server.stop());

const ask = (path: string, request: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    ...request,
    headers: { authorization: AUTHORIZATION, ...(request.headers as Record<string, string> | undefined) }, // as given below
  });

async function readProblem(answer: Response): Promise<string> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return ProblemDocument.parse(await answer.json()).code;
}

test('a route with an accepted key: answers JSON that is not cached', async () => {
  const answer = await ask('/status?now');
  expect([answer.status, await answer.json()]).toEqual([200, { on: true }]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('HEAD of a route: is answered like GET, without the body', async () => {
  const answer = await ask('/status', { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

test.each([
  '',
  'Bearer wrong',
  `Basic ${KEY}`,
  KEY,
  `Bearer ${KEY}x`,
  `Bearer ${KEY.slice(1)}`,
  `${AUTHORIZATION} `.repeat(2),
])('the authorization "%s": answers 401 for known and unknown paths, and calls no route', async (authorization) => {
  const headers = { authorization, ...JSON_TYPE };
  const answers = [await ask('/orders', { method: 'POST', headers, body: '{}' }), await ask('/none', { headers })];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(await readProblem(answer)).toBe('unauthorized');
  }
  expect(calls).toEqual([]);
});

test.each([
  ['GET', '/none', 'not-found'],
  ['GET', '/', 'not-found'],
  ['GET', '/orders', 'method-not-allowed'],
  ['DELETE', '/status', 'method-not-allowed'],
  ['POST', '/healthz', 'method-not-allowed'],
  ['GET', '/busy', 'conflict'],
])('%s %s: answers the problem %s', async (method, path, code) => {
  expect(await readProblem(await ask(path, { method }))).toBe(code);
});

test.each([
  [JSON_TYPE, '{"half":', 'malformed-request'],
  [JSON_TYPE, JSON.stringify('x'.repeat(9000)), 'request-too-large'],
  [{ 'content-type': 'text/plain' }, '{}', 'unsupported-media-type'],
])('a malformed body with %o: is answered with a problem, and calls no route', async (headers, body, code) => {
  expect(await readProblem(await ask('/orders', { method: 'POST', headers, body }))).toBe(code);
  expect(calls).toEqual([]);
});

test('a JSON body: is passed to the route, and an answer without a body is empty', async () => {
  const answer = await ask('/orders', { method: 'POST', headers: JSON_TYPE, body: '{"one":1}' });
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(calls).toEqual([{ one: 1 }]);
});

test('a bug in a route: answers a bare 500 and is logged once', async () => {
  const answer = await ask('/bug');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('a path');
  expect(log.filter((line) => line.includes('a path and a token'))).toHaveLength(1);
});

test.each([
  ['yt-app', KEY, { status: 200, orders: 204 }],
  ['certbot', OTHER_KEYS.certbot, { status: 403, orders: 204 }],
  ['bot', OTHER_KEYS.bot, { status: 403, orders: 403 }],
  ['owner', OTHER_KEYS.owner, { status: 403, orders: 403 }],
])('the key of %s: is accepted by the routes that name it only', async (_, key, expected) => {
  const headers = { authorization: `Bearer ${key}`, ...JSON_TYPE };
  const status = await ask('/status', { headers });
  const orders = await ask('/orders', { method: 'POST', headers, body: '{}' });
  expect({ status: status.status, orders: orders.status }).toEqual(expected);
  for (const answer of [status, orders]) if (answer.status === 403) expect(await readProblem(answer)).toBe('forbidden');
  expect(calls).toHaveLength(expected.orders === 204 ? 1 : 0);
  expect((await ask('/nobody', { headers })).status).toBe(403);
});

test('/healthz without a key: answers 200', async () => {
  expect((await ask('/healthz', { headers: { authorization: '' } })).status).toBe(200);
});

test('/readyz: answers 200 with all checks healthy, otherwise 503, and lists them', async () => {
  checks = [{ name: 'one', ok: true, detail: 'fine' }];
  const well = await ask('/readyz', { headers: { authorization: '' } });
  expect([well.status, await well.json()]).toEqual([200, { status: 'ok', checks }]);
  checks = [...checks, { name: 'two', ok: false, detail: 'broken' }];
  const unwell = await ask('/readyz');
  expect([unwell.status, await unwell.json()]).toEqual([503, { status: 'degraded', checks }]);
});
