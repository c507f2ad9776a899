import { Problem, ProblemDocument } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../src/logger.ts';
import { openServiceDoor, type Check, type ServiceDoor } from '../src/service-door.ts';

const API_TOKEN = 'canary-token-0123456789';
const AUTHORIZATION = `Bearer ${API_TOKEN}`;
const JSON_TYPE = { 'content-type': 'application/json' };

let door: ServiceDoor;
let checks: Check[];
let log: string[];
let calls: unknown[];

beforeEach(async () => {
  checks = [];
  log = [];
  calls = [];
  door = await openServiceDoor({
    host: '127.0.0.1',
    port: 0,
    apiToken: API_TOKEN,
    checks: () => checks,
    routes: {
      'GET /status': () => ({ status: 200, body: { on: true } }),
      'POST /orders': async ({ readJson }) => {
        calls.push(await readJson());
        return { status: 204 };
      },
      'GET /bug': () => {
        throw new Error('a path and a token');
      },
      'GET /busy': () => {
        throw new Problem('conflict');
      },
    },
    logger: createLogger({ service: 'test', destination: { write: (line) => log.push(line) } }),
  });
});
afterEach(() => door.stop());

const ask = (path: string, request: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${door.port}${path}`, {
    ...request,
    headers: { authorization: AUTHORIZATION, ...(request.headers as Record<string, string> | undefined) }, // as given below
  });

async function readProblem(answer: Response): Promise<string> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return ProblemDocument.parse(await answer.json()).code;
}

test('a route with the token is answered as JSON that nobody keeps', async () => {
  const answer = await ask('/status?now');
  expect([answer.status, await answer.json()]).toEqual([200, { on: true }]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('HEAD of a route is answered like GET, without the body', async () => {
  const answer = await ask('/status', { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

test.each(['', 'Bearer wrong', `Basic ${API_TOKEN}`, API_TOKEN, `${AUTHORIZATION} `.repeat(2)])(
  'the authorization "%s" answers 401, for what is there and what is not, and calls no route',
  async (authorization) => {
    const headers = { authorization, ...JSON_TYPE };
    const answers = [await ask('/orders', { method: 'POST', headers, body: '{}' }), await ask('/none', { headers })];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await readProblem(answer)).toBe('unauthorized');
    }
    expect(calls).toEqual([]);
  },
);

test.each([
  ['GET', '/none', 'not-found'],
  ['GET', '/', 'not-found'],
  ['GET', '/orders', 'method-not-allowed'],
  ['DELETE', '/status', 'method-not-allowed'],
  ['POST', '/healthz', 'method-not-allowed'],
  ['GET', '/busy', 'conflict'],
])('%s %s answers the problem %s', async (method, path, code) => {
  expect(await readProblem(await ask(path, { method }))).toBe(code);
});

test.each([
  [JSON_TYPE, '{"half":', 'malformed-request'],
  [JSON_TYPE, JSON.stringify('x'.repeat(9000)), 'request-too-large'],
  [{ 'content-type': 'text/plain' }, '{}', 'unsupported-media-type'],
])('a body with %o that cannot be taken answers the problem for it', async (headers, body, code) => {
  expect(await readProblem(await ask('/orders', { method: 'POST', headers, body }))).toBe(code);
  expect(calls).toEqual([]);
});

test('a JSON body arrives, and an answer without a body is empty', async () => {
  const answer = await ask('/orders', { method: 'POST', headers: JSON_TYPE, body: '{"one":1}' });
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(calls).toEqual([{ one: 1 }]);
});

test('a bug answers a bare 500 and is logged once', async () => {
  const answer = await ask('/bug');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('a path');
  expect(log.filter((line) => line.includes('a path and a token'))).toHaveLength(1);
});

test('/healthz answers without a token', async () => {
  expect((await ask('/healthz', { headers: { authorization: '' } })).status).toBe(200);
});

test('/readyz answers 200 while all checks are well, else 503, and names them', async () => {
  checks = [{ name: 'one', ok: true, detail: 'fine' }];
  const well = await ask('/readyz', { headers: { authorization: '' } });
  expect([well.status, await well.json()]).toEqual([200, { status: 'ok', checks }]);
  checks = [...checks, { name: 'two', ok: false, detail: 'broken' }];
  const unwell = await ask('/readyz');
  expect([unwell.status, await unwell.json()]).toEqual([503, { status: 'degraded', checks }]);
});
