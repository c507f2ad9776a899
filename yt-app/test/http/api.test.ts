import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createApiClient, endpoints, Problem, type Endpoint, type ProblemType } from '@linkcast/contracts';
import request from 'supertest';
import { testKeys } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

let api: ApiFixture;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.stop());

const url = 'https://example.com/watch?v=1';
const client = (token = API_TOKEN) => createApiClient({ baseUrl: api.url, token });
const table = Object.values(endpoints) as Endpoint[];

async function putTrack(number: number): Promise<void> {
  await api.store.save(audioItem(number));
  await mkdir(path.join(api.mediaDir, mediaId(number)));
}

describe('jobs', () => {
  test('POST /api/jobs: answers 202 with the job and its location', async () => {
    const answer = await ask(api).post('/api/jobs').send({ url, type: 'video', quality: '720p' });
    expect([answer.status, answer.get('location')]).toEqual([202, '/api/jobs/job-1']);
    expect(endpoints.createJob.answer.parse(answer.body)).toMatchObject({ url, type: 'video', quality: '720p' });
    expect((await ask(api).get('/api/jobs/job-1')).body).toEqual(answer.body);
  });

  test('answers to the typed client: fit its schemas, and refusals have their codes', async () => {
    const job = await client().createJob({ url, type: 'audio' }, { idempotencyKey: 'key' });
    const { id } = await api.access.people.atConsole();
    expect(api.jobs.submitted).toMatchObject([{ caller: `person:${id}`, idempotencyKey: 'key' }]);
    expect((await client().listJobs({ state: 'queued' })).jobs).toEqual([job]);
    expect(await client().cancelJob(job.id)).toMatchObject({ state: 'cancelled' });
    expect(await client().retryJob(job.id)).toMatchObject({ state: 'queued' });
    await expect(client().retryJob(job.id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(client().getJob('none')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('GET /api/probe: answers what the link offers', async () => {
    const answer = await ask(api).get('/api/probe').query({ url });
    expect([answer.status, endpoints.probe.answer.parse(answer.body).title]).toEqual([200, 'x']);
  });

  test.each(['', 'x'.repeat(201), 'caf\u00e9'])(
    'the idempotency key %j: is refused as an invalid request',
    async (key) => {
      const answer = await ask(api).post('/api/jobs').set('idempotency-key', key).send({ url, type: 'video' });
      expect(expectProblem(answer, 'invalid-request').faults).toMatchObject([{ field: 'Idempotency-Key' }]);
    },
  );

  test.each<ProblemType>([
    'invalid-url',
    'source-forbidden',
    'queue-full',
    'downloader-unavailable',
    'storage-full',
    'media-missing',
    'idempotency-conflict',
  ])('a job refused with %s: is answered with that problem', async (code) => {
    api.jobs.onSubmit = new Problem(code);
    expectProblem(await ask(api).post('/api/jobs').send({ url, type: 'video' }), code);
  });
});

describe('callers', () => {
  test('requests of one person from two devices: have one caller; of another person and the API token: have others', async () => {
    const [phone, laptop, other] = [openBrowser(api), openBrowser(api), openBrowser(api)];
    for (const browser of [phone, laptop]) await browser.signIn({ role: 'member', telegramId: 1 });
    await other.signIn({ role: 'member', telegramId: 2 });
    for (const browser of [phone, laptop, other]) {
      await browser.ask('post', '/api/jobs', { url, type: 'video' });
      await browser.ask('get', `/api/probe?url=${url}`);
    }
    await ask(api).post('/api/download').send({ url: 'no link' });
    const callers = api.jobs.submitted.map(({ caller }) => caller);
    const { people } = api.access;
    const [first, second, console] = [await people.byTelegram(1), await people.byTelegram(2), await people.atConsole()];
    expect(callers).toEqual([first, first, second, console].map((person) => `person:${person?.id ?? ''}`));
    expect(api.jobs.probed.map(({ caller }) => caller)).toEqual(callers.slice(0, 3));
  });
});

describe('Retry-After', () => {
  test.each([
    [90, '90'],
    [1.2, '2'],
    [0, '1'],
  ])('a problem with %d seconds: the header is %s, and the client reads it', async (retryAfterSeconds, header) => {
    api.jobs.onSubmit = new Problem('queue-full', { retryAfterSeconds });
    const answer = await ask(api).post('/api/jobs').send({ url, type: 'video' });
    expectProblem(answer, 'queue-full');
    expect(answer.get('retry-after')).toBe(header);
    await expect(client().createJob({ url, type: 'video' })).rejects.toMatchObject({
      facts: { retryAfterSeconds: Number(header) },
    });
  });

  test('a problem without seconds: has no such header', async () => {
    api.jobs.onSubmit = new Problem('downloader-unavailable');
    expect((await ask(api).post('/api/jobs').send({ url, type: 'video' })).get('retry-after')).toBeUndefined();
  });
});

describe('the library and the station', () => {
  test('answers to the typed client: fit its schemas, page by page and after changes', async () => {
    for (const number of [1, 2, 3]) await putTrack(number);
    const first = await client().listMedia({ limit: 2 });
    const second = await client().listMedia({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.media, ...second.media].map(({ id }) => id)).toEqual([3, 2, 1].map(mediaId));
    expect(await client().patchMedia(mediaId(1), { title: ' New ' })).toMatchObject({ title: 'New' });
    expect(await client().getMedia(mediaId(1))).toMatchObject({ title: 'New' });
    await client().deleteMedia(mediaId(3));
    await expect(client().getMedia(mediaId(3))).rejects.toMatchObject({ code: 'not-found' });
    expect((await client().requestTrack(mediaId(1))).next[0]).toMatchObject({ mediaId: mediaId(1), requested: true });
    expect(await client(testKeys.icecast).nextTrack()).toEqual({
      mediaId: mediaId(1),
      path: `${mediaId(1)}/audio.mp3`,
    });
    expect(await client().skipTrack()).toMatchObject({ now: { mediaId: mediaId(1) } });
    expect(await client().getStation()).toMatchObject({ online: true, listeners: 3 });
  });

  test('POST /api/station/skip with a failing station: answers station-unavailable', async () => {
    api.stationServer.answer = { status: 500, body: {} };
    expectProblem(await ask(api).post('/api/station/skip'), 'station-unavailable');
  });
});

describe('bad input', () => {
  test.each([
    [{ type: 'video' }, 'missing-url', undefined],
    [{ url: '', type: 'video' }, 'missing-url', undefined],
    [undefined, 'missing-url', undefined],
    [{ url, type: 'film' }, 'invalid-request', 'type'],
    [{ url }, 'invalid-request', 'type'],
    [{ url, type: 'video', quality: '8K' }, 'invalid-request', 'quality'],
    [{ url, type: 'video', extra: 1 }, 'invalid-request', 'extra'],
    [{ url: 7, type: 'video' }, 'invalid-request', 'url'],
    [[], 'invalid-request', ''],
    [{ url: '-U', type: 'video' }, 'invalid-url', undefined],
    [{ url: 'file:///etc/passwd', type: 'video' }, 'invalid-url', undefined],
    [{ url: 'x'.repeat(100_000), type: 'video' }, 'request-too-large', undefined],
  ] as const)('the body %j: is refused with %s', async (body, code, field) => {
    const answer = await ask(api).post('/api/jobs').send(body);
    const document = expectProblem(answer, code);
    if (field !== undefined) expect(document.faults?.map((fault) => fault.field)).toEqual([field]);
  });

  test('a missing url: is answered with the sentence of the ancestor’s API in error', async () => {
    const answer = await ask(api).post('/api/jobs').send({ type: 'video' });
    expect(answer.body).toMatchObject({ error: "Missing 'url' parameter", status: 400 });
  });

  test('many faults: are listed in plain words, without values, at most twenty-one', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
    const answer = await ask(api)
      .post('/api/jobs')
      .send({ url, type: 'secret', ...many });
    const { faults } = expectProblem(answer, 'invalid-request');
    expect(faults).toHaveLength(21);
    expect(JSON.stringify(faults)).not.toContain('secret');
    expect((await ask(api).post('/api/jobs').send({ url })).body).toMatchObject({
      faults: [{ field: 'type', fault: 'is missing' }],
    });
  });

  test.each(['{"url":', 'no json', '"text"', '7', '{"url":"\u0000'])(
    'the malformed JSON %j: answers malformed-request',
    async (text) => {
      const answer = await ask(api).post('/api/jobs').set('content-type', 'application/json').send(text);
      expectProblem(answer, 'malformed-request');
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('a body of type %s: answers 415, with and without a schema for the body', async (type) => {
    for (const call of ['/api/jobs', '/api/station/skip', '/api/download']) {
      expectProblem(await ask(api).post(call).set('content-type', type).send('{"url":"x"}'), 'unsupported-media-type');
    }
  });

  test('a compressed body: answers 415', async () => {
    const call = ask(api).post('/api/jobs').set('content-type', 'application/json').set('content-encoding', 'gzip');
    expectProblem(await call.send('{}'), 'unsupported-media-type');
  });

  test.each([
    '/api/jobs?state=lost',
    '/api/jobs?limit=0',
    '/api/jobs?limit=x',
    '/api/jobs?more=1',
    '/api/jobs?limit=1&limit=2',
    '/api/media?sort=random',
    '/api/media?cursor=nonsense',
    `/api/media?q=${'x'.repeat(201)}`,
    '/api/probe',
  ])('GET %s: answers 422 with one fault', async (path) => {
    expect(expectProblem(await ask(api).get(path), 'invalid-request').faults).toHaveLength(1);
  });

  test.each(['/api/jobs/%zz', '/api/media/%ff'])('the malformed path %s: answers 400', async (path) => {
    expectProblem(await ask(api).get(path), 'malformed-request');
  });

  test.each([
    ['patch', '/api/media/aaaaaaaaaaaaaaaaaaab', { title: '  ' }],
    ['patch', '/api/media/aaaaaaaaaaaaaaaaaaab', {}],
    ['post', '/api/station/requests', { mediaId: '../etc' }],
  ] as const)('%s %s %j: answers 422', async (method, path, body) => {
    expectProblem(await ask(api)[method](path).send(body), 'invalid-request');
  });
});

describe('addresses', () => {
  test('each endpoint of the table: is bound', async () => {
    for (const { method, path, right } of table) {
      const answer = await request(api.server)[method](path.replace(':id', 'x'));
      const expected = right !== 'none' ? 401 : method === 'get' ? 200 : 403;
      expect([method, path, answer.status]).toEqual([method, path, expected]);
    }
  });

  test.each(['/', '/api', '/api/nothing', '/api/jobs/', '/API/JOBS', '/api/jobs/x/y'])(
    'GET %s: answers 404',
    async (path) => {
      expectProblem(await ask(api).get(path), 'not-found');
    },
  );

  test.each([
    ['put', '/api/jobs', 'GET, HEAD, POST'],
    ['post', '/api/events', 'GET, HEAD'],
    ['get', '/api/station/skip', 'POST'],
    ['options', '/api/media/x', 'DELETE, GET, HEAD, PATCH'],
    ['post', '/healthz', 'GET, HEAD'],
  ] as const)('%s %s without a token: answers 405 with the allowed methods', async (method, path, allow) => {
    const answer = await request(api.server)[method](path);
    expectProblem(answer, 'method-not-allowed');
    expect(answer.get('allow')?.split(', ').sort().join(', ')).toBe(allow);
  });
});

describe('authentication', () => {
  test.each([undefined, 'Bearer', 'Bearer wrong', `Basic ${API_TOKEN}`, API_TOKEN, `Bearer ${API_TOKEN} x`])(
    'Authorization header %s: is refused before the body is read',
    async (value) => {
      const call = request(api.server).post('/api/jobs').set('content-type', 'text/plain');
      const answer = await (value === undefined ? call : call.set('authorization', value)).send('x');
      expectProblem(answer, 'unauthorized');
      expect(answer.get('www-authenticate')).toBe('Bearer');
    },
  );

  test.each(['/metrics', '/api/openapi.json', '/api/health', '/api/events'])(
    '%s without the token: answers 401',
    async (path) => {
      expectProblem(await request(api.server).get(path), 'unauthorized');
    },
  );
});

describe('every answer', () => {
  test('for a list and for an unknown path: is not cached, and does not name express', async () => {
    for (const path of ['/api/jobs', '/api/nothing']) {
      const { headers } = await ask(api).get(path);
      expect(headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('etag');
    }
  });

  test.each([
    ['abc-123_DEF', true],
    ['bad id', false],
    ['x'.repeat(65), false],
  ])('for a call with the request id %j: keeps that id: %s', async (id, isTaken) => {
    const answer = await ask(api).get('/api/jobs').set('x-request-id', id);
    expect(answer.get('x-request-id') === id).toBe(isTaken);
    expect(answer.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
  });
});

describe('the log', () => {
  test('for a changing call: has one line, without query, headers or token', async () => {
    await ask(api).post('/api/jobs?x=secret').set('cookie', 'session=cookie').send({ url, type: 'video' });
    const line = api.logged.find(({ msg }) => msg === 'request');
    expect(line).toMatchObject({
      method: 'POST',
      path: '/api/jobs',
      status: 202,
      requestId: expect.any(String) as string,
    });
    expect(JSON.stringify(api.logged)).not.toMatch(/secret|session|canary/);
  });

  test('for an answered reading call: has no line', async () => {
    await ask(api).get('/api/probe?url=https://secret.example/');
    expect(api.logged.filter(({ msg }) => msg === 'request')).toEqual([]);
  });

  test('for a bug: has one line with the stack, and the answer has no details', async () => {
    api.jobs.onSubmit = new Error('the cause');
    const document = expectProblem(await ask(api).post('/api/jobs').send({ url, type: 'video' }), 'internal');
    expect(JSON.stringify(document)).not.toContain('the cause');
    const lines = api.logged.filter((line) => JSON.stringify(line).includes('the cause'));
    expect(lines).toMatchObject([
      { level: 'error', msg: 'request failed', err: { stack: expect.any(String) as string } },
    ]);
  });

  test('for an expected failure on our side: has a warning', async () => {
    api.jobs.onSubmit = new Problem('queue-full');
    await ask(api).post('/api/jobs').send({ url, type: 'video' });
    expect(api.logged.at(-1)).toMatchObject({ level: 'warn', status: 503 });
  });
});
