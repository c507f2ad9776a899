import { endpoints, ProblemDocument, telegramUserHeader } from '@linkcast/contracts';
import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ITEM_SHARE, startEdge, type EdgeFixture } from '../fixtures/edge-fixture.ts';

const JOB = '/api/jobs/abcdefghijklmnopqr23';

describe('the API', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    edge.ytApp.handler = (_request, response) => response.setHeader('cache-control', 'no-cache').end('{}');
  });

  test.each(['GET', 'POST', 'DELETE', 'PATCH'])(
    '%s: forwards the headers of the client, except those about its address and host',
    async (method) => {
      const headers = {
        host: 'localhost:9000',
        cookie: 'linkcast=mine; other=1',
        'x-forwarded-for': '8.8.8.8',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
        'X-TELEGRAM-USER': '1',
        x_telegram_user: '1',
      };
      await edge.request('/api/jobs?state=ready', { method, headers });
      const last = edge.ytApp.requests.at(-1);
      expect(last).toMatchObject({
        method,
        url: '/api/jobs?state=ready',
        headers: {
          cookie: headers.cookie,
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-proto': 'http',
          host: headers.host,
        },
      });
      const blank = ['authorization', 'x-forwarded-host', 'forwarded', telegramUserHeader, 'x_telegram_user'];
      for (const name of blank) expect(last?.headers[name]).toBeUndefined();
    },
  );

  test.each(['Bearer own', `Share ${ITEM_SHARE}`])('Authorization: %s: is forwarded', async (authorization) => {
    await edge.request('/api/media', { headers: { authorization } });
    expect(edge.ytApp.requests.at(-1)?.headers.authorization).toBe(authorization);
  });

  test('a response that sets a cookie: is forwarded', async () => {
    edge.ytApp.handler = (_request, response) => response.setHeader('set-cookie', 'linkcast=a; HttpOnly').end('{}');
    const answer = await edge.request('/api/session', { method: 'POST', body: '{}', isStranger: true });
    expect(answer.headers['set-cookie']).toEqual(['linkcast=a; HttpOnly']);
  });

  test('a problem of yt-app: is forwarded with its status and Cache-Control', async () => {
    edge.ytApp.handler = (_request, response) =>
      response
        .writeHead(404, { 'content-type': 'application/problem+json', 'cache-control': 'no-cache' })
        .end('{"a":1}');
    const answer = await edge.request(JOB);
    expect(answer).toMatchObject({ status: 404, body: '{"a":1}', headers: { 'cache-control': 'no-cache' } });
  });

  test.each(['/api/events', `${JOB}/events`])('%s: forwards each event at once', async (path) => {
    let stream: ServerResponse | undefined;
    edge.ytApp.handler = (_request, response) => {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      stream.write('data: 1\n\n');
    };
    const request = http.get({ host: '127.0.0.1', port: edge.options.httpPort, path, headers: { host: 'localhost' } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]; // the event's documented argument
    expect(String((await once(response, 'data'))[0])).toBe('data: 1\n\n');
    stream?.write('data: 2\n\n');
    expect(String((await once(response, 'data'))[0])).toBe('data: 2\n\n');
    stream?.end();
    await once(response, 'end');
  });

  test('POST /api/jobs over 16 kB: answers request-too-large and reaches no upstream', async () => {
    const before = edge.ytApp.requests.length;
    const answer = await edge.request('/api/jobs', { method: 'POST', body: 'x'.repeat(17_000) });
    expect(ProblemDocument.parse(JSON.parse(answer.body))).toMatchObject({ code: 'request-too-large', status: 413 });
    expect(edge.ytApp.requests).toHaveLength(before);
  });

  test.each([endpoints.putCookies, endpoints.replaceProfiles, endpoints.createDeliveryTarget])(
    '$method $path: reaches yt-app up to its own limit, and no further',
    async ({ path, bodyBytes }) => {
      edge.ytApp.handler = (request, response) => {
        request.resume().on('end', () => response.writeHead(204).end());
      };
      expect((await edge.request(path, { method: 'POST', body: 'x'.repeat(bodyBytes) })).status).toBe(204);
      const larger = await edge.request(path, { method: 'POST', body: 'x'.repeat(bodyBytes + 1) });
      expect(ProblemDocument.parse(JSON.parse(larger.body))).toMatchObject({ code: 'request-too-large' });
    },
  );

  test('the begin of an upload: reaches yt-app as it is, without a redirect', async () => {
    edge.ytApp.handler = ({ method, url }, response) => response.writeHead(201, { location: `${method} ${url}` }).end();
    const answer = await edge.request('/api/uploads', { method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 201, headers: { location: 'POST /api/uploads' } });
  });

  test('bytes of an upload: reach yt-app before the last of them is sent, however many they are', async () => {
    const first = Promise.withResolvers<unknown>();
    let received = 0;
    edge.ytApp.handler = (request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        first.resolve(chunk);
      });
      request.on('end', () => response.writeHead(204).end());
    };
    const path = '/api/uploads/abcdefghijklmnopqr23';
    const headers = { host: 'localhost', 'content-length': '200000' };
    const call = http.request({ host: '127.0.0.1', port: edge.options.httpPort, method: 'PATCH', path, headers });
    call.write(Buffer.alloc(100_000));
    await first.promise;
    const answered = once(call, 'response') as Promise<[http.IncomingMessage]>; // the event's documented argument
    call.end(Buffer.alloc(100_000));
    expect((await answered)[0].statusCode).toBe(204);
    expect(received).toBe(200_000);
  });

  test('an API call while yt-app is down: answers a problem, and the site is served', async () => {
    await edge.ytApp.stop();
    const answer = await edge.request('/api/media');
    expect(answer.status).toBe(502);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(ProblemDocument.parse(JSON.parse(answer.body))).toMatchObject({ code: 'server-starting', status: 502 });
    expect(answer.headers['content-security-policy']).toBeDefined();
    expect((await edge.request('/sign-in')).status).toBe(200);
  });

  test('the log: has no query and no token', async () => {
    const share = 'canary-share_xxxxxxxxx';
    await edge.request('/api/media?token=canary-query', {
      headers: { authorization: 'Bearer canary-header', referer: `http://localhost/s/${share}/` },
    });
    await edge.request('/play?token=canary-query');
    for (const path of [`/s/${share}/`, `/%73/${share}/`, `/s/${share}/play`, `/S/${share}`, `/%2fs%2f${share}`]) {
      await edge.request(path);
    }
    await expect.poll(() => edge.log.some((line) => line.includes('"path":"/api/media"'))).toBe(true);
    expect(edge.log.join('\n')).not.toMatch(/canary/);
  });
});
