import { ProblemDocument } from '@linkcast/contracts';
import { createLogger, openServiceDoor, type ServiceDoor } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createControlRoutes } from '../src/control-routes.ts';
import { API_TOKEN } from './station-fixture.ts';

const STATUS = { online: true, listeners: 2, title: 'Tango' };
const authorized = { authorization: `Bearer ${API_TOKEN}` };

let door: ServiceDoor;
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
  door = await openServiceDoor({
    host: '127.0.0.1',
    port: 0,
    apiToken: API_TOKEN,
    routes: createControlRoutes({ skip, status: () => Promise.resolve(STATUS) }),
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  origin = `http://127.0.0.1:${door.port}`;
});

afterEach(() => door.stop());

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
