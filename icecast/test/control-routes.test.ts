import { ProblemDocument } from '@linkcast/contracts';
import { createLogger, startServiceServer, type ServiceServer } from '@linkcast/kit';
import { testKeyDigests, testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createControlRoutes } from '../src/control-routes.ts';

const STATUS = { online: true, listeners: 2 };
const withKey = (key: string) => ({ authorization: `Bearer ${key}` });
const authorized = withKey(testKeys['yt-app']);

let server: ServiceServer;
let origin = '';
let canSkip = true;
let skips = 0;

beforeEach(async () => {
  canSkip = true;
  skips = 0;
  const skip = (): boolean => {
    skips += 1;
    return canSkip;
  };
  server = await startServiceServer({
    host: '127.0.0.1',
    port: 0,
    keyDigests: testKeyDigests,
    routes: createControlRoutes({ skip, status: () => Promise.resolve(STATUS) }),
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  origin = `http://127.0.0.1:${server.port}`;
});

afterEach(() => server.stop());

async function readProblem(answer: Response): Promise<string> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return ProblemDocument.parse(await answer.json()).code;
}

test('POST /skip with the key of yt-app: answers 202 and skips', async () => {
  const answer = await fetch(`${origin}/skip`, { method: 'POST', headers: authorized });
  expect(answer.status).toBe(202);
  expect(skips).toBe(1);
});

test('POST /skip without a current track: answers 503 station-unavailable', async () => {
  canSkip = false;
  const answer = await fetch(`${origin}/skip`, { method: 'POST', headers: authorized });
  expect(answer.status).toBe(503);
  expect(await readProblem(answer)).toBe('station-unavailable');
});

test('GET /status with the key of yt-app: answers the status', async () => {
  const answer = await fetch(`${origin}/status`, { headers: authorized });
  expect(await answer.json()).toEqual(STATUS);
});

test.each([
  ['owner', 403],
  ['nginx', 403],
  ['icecast', 403],
  ['worker', 403],
  ['bot', 403],
  ['certbot', 403],
  [undefined, 401],
] as const)('both routes with the key of %s: answer %d and skip nothing', async (holder, status) => {
  const headers = withKey(holder === undefined ? 'unknown' : testKeys[holder]);
  expect((await fetch(`${origin}/status`, { headers })).status).toBe(status);
  expect((await fetch(`${origin}/skip`, { method: 'POST', headers })).status).toBe(status);
  expect(skips).toBe(0);
});
