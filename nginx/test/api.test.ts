import { ProblemDocument } from '@linkcast/contracts';
import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, startEdge, type EdgeFixture } from './edge-fixture.ts';

const JOB = '/api/jobs/abcdefghijklmnopqr23';

describe('the API on localhost', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    edge.ytApp.handler = (_request, response) => response.setHeader('cache-control', 'no-cache').end('{}');
  });

  test.each(['GET', 'POST', 'DELETE', 'PATCH'])('%s gets our token, whatever the caller brought', async (method) => {
    await edge.request('/api/jobs?state=ready', {
      method,
      headers: { authorization: 'Bearer mine', 'x-forwarded-for': '8.8.8.8' },
    });
    expect(edge.ytApp.requests.at(-1)).toMatchObject({
      method,
      url: '/api/jobs?state=ready',
      headers: { authorization: `Bearer ${API_TOKEN}`, 'x-forwarded-for': '127.0.0.1', host: 'localhost' },
    });
  });

  test("yt-app's own problem, status and cache rule pass as they are", async () => {
    edge.ytApp.handler = (_request, response) =>
      response
        .writeHead(404, { 'content-type': 'application/problem+json', 'cache-control': 'no-cache' })
        .end('{"a":1}');
    const answer = await edge.request(JOB);
    expect(answer).toMatchObject({ status: 404, body: '{"a":1}', headers: { 'cache-control': 'no-cache' } });
  });

  test.each(['/api/events', `${JOB}/events`])('%s passes each event on when it comes', async (path) => {
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

  test('POST /api/jobs over 16 kB answers request-too-large, and reaches no upstream', async () => {
    const before = edge.ytApp.requests.length;
    const answer = await edge.request('/api/jobs', { method: 'POST', body: 'x'.repeat(17_000) });
    expect(ProblemDocument.parse(JSON.parse(answer.body))).toMatchObject({ code: 'request-too-large', status: 413 });
    expect(edge.ytApp.requests).toHaveLength(before);
  });

  test('yt-app gone, an API call answers a problem, and the site is still there', async () => {
    await edge.ytApp.stop();
    const answer = await edge.request('/api/media');
    expect(answer.status).toBe(502);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(ProblemDocument.parse(JSON.parse(answer.body))).toMatchObject({ code: 'server-starting', status: 502 });
    expect(answer.headers['content-security-policy']).toBeDefined();
    expect((await edge.request('/')).status).toBe(200);
  });

  test('queries and tokens are in no log line', async () => {
    await edge.request('/api/media?token=canary-query', { headers: { authorization: 'Bearer canary-header' } });
    await edge.request('/play?token=canary-query');
    await expect.poll(() => edge.log.some((line) => line.includes('"path":"/api/media"'))).toBe(true);
    expect(edge.log.join('\n')).not.toMatch(/canary/);
  });
});

describe('the API on a public domain', () => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await startEdge({ domainName: 'media.example.org' });
  });
  afterAll(() => edge.stop());

  const asks = async (method: string, path: string, headers: Record<string, string> = {}) => {
    await edge.request(path, { method, headers: { host: 'media.example.org', ...headers } });
    return edge.ytApp.requests.at(-1)?.headers.authorization;
  };

  test.each(['GET', 'HEAD'])('%s gets our token', async (method) => {
    expect(await asks(method, '/api/media')).toBe(`Bearer ${API_TOKEN}`);
  });

  test.each(['POST', 'PATCH', 'DELETE', 'PUT'])('%s gets no token', async (method) => {
    expect(await asks(method, '/api/jobs')).toBeUndefined();
  });

  test('GET /api/probe, which makes work, gets no token', async () => {
    expect(await asks('GET', '/api/probe?url=x')).toBeUndefined();
  });

  test.each(['GET', 'POST'])("%s with the caller's own token passes it on", async (method) => {
    expect(await asks(method, '/api/jobs', { authorization: 'Bearer own' })).toBe('Bearer own');
  });

  test('localhost as Host gains nothing', async () => {
    expect(await asks('POST', '/api/jobs', { host: 'localhost' })).toBeUndefined();
  });
});
