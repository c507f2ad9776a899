import { ProblemDocument } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createControlDoor } from '../src/control-door.ts';
import { API_TOKEN } from './station-fixture.ts';

const STATUS = { online: true, listeners: 2, title: 'Tango' };
const authorized = { authorization: `Bearer ${API_TOKEN}` };

let server: Server;
let origin = '';
let canSkip = true;
let skips = 0;

beforeEach(async () => {
  canSkip = true;
  skips = 0;
  const door = createControlDoor({
    apiToken: API_TOKEN,
    skip: () => {
      skips += 1;
      return canSkip;
    },
    status: () => Promise.resolve(STATUS),
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  server = door.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  origin = `http://127.0.0.1:${address.port}`;
});

afterEach(() => void server.close());

async function readProblem(answer: Response): Promise<string> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return ProblemDocument.parse(await answer.json()).code;
}

test('POST /skip with the token answers 202 and skips', async () => {
  const answer = await fetch(`${origin}/skip`, { method: 'POST', headers: authorized });
  expect(answer.status).toBe(202);
  expect(skips).toBe(1);
});

test('POST /skip while nothing is sent answers 503 station-unavailable', async () => {
  canSkip = false;
  const answer = await fetch(`${origin}/skip`, { method: 'POST', headers: authorized });
  expect(answer.status).toBe(503);
  expect(await readProblem(answer)).toBe('station-unavailable');
});

test('GET /status with the token answers the status', async () => {
  const answer = await fetch(`${origin}/status`, { headers: authorized });
  expect(await answer.json()).toEqual(STATUS);
});

test.each([undefined, 'Bearer wrong', `Basic ${API_TOKEN}`, `Bearer ${API_TOKEN} `.repeat(2)])(
  'POST /skip with Authorization %s answers 401 and skips nothing',
  async (authorization) => {
    const answer = await fetch(`${origin}/skip`, { method: 'POST', headers: authorization ? { authorization } : {} });
    expect(answer.status).toBe(401);
    expect(await readProblem(answer)).toBe('unauthorized');
    expect(skips).toBe(0);
  },
);

test('GET /healthz without a token answers 200', async () => {
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

test('GET of an unknown path answers 404', async () => {
  expect(await readProblem(await fetch(`${origin}/admin`, { headers: authorized }))).toBe('not-found');
});
