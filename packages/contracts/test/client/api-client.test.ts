import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiClient, type ApiClient } from '../../src/client/api-client.ts';
import { ApiUnavailable } from '../../src/client/transport.ts';
import type { Job } from '../../src/jobs/job.ts';
import { Problem } from '../../src/problems/problem.ts';

const JOB: Job = {
  id: 'job1',
  parentId: null,
  children: null,
  state: 'queued',
  type: 'video',
  url: 'https://example.com/',
  quality: 'best',
  title: null,
  progress: { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null },
  playable: false,
  visibility: 'everyone',
  handling: null,
  damage: null,
  repairs: null,
  fromItem: null,
  attempt: 0,
  mediaId: null,
  requesterId: null,
  links: { page: null, hls: null, file: null },
  problem: null,
  retry: null,
  live: null,
  tried: [],
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  playableAt: null,
  finishedAt: null,
};

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
let client: ApiClient;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString(); // no encoding: buffers
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  client = createApiClient({ baseUrl: `http://127.0.0.1:${port}`, token: 'secret', timeoutMs: 2000 });
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

function answerJson(status: number, body: unknown): void {
  answer = (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('createApiClient', () => {
  it('a call: is sent as the endpoint table describes, and gives the answer of the server', async () => {
    answerJson(202, JOB);
    const request = { url: JOB.url, type: 'video' } as const;
    expect(await client.createJob(request, { idempotencyKey: 'key1' })).toEqual(JOB);
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/jobs', body: JSON.stringify(request) });
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'idempotency-key': 'key1' });
  });

  it('an id with special characters: is encoded as one segment of the path', async () => {
    answerJson(200, JOB);
    await client.getJob('../a/b?c');
    expect(asked[0]?.url).toBe('/api/jobs/..%2Fa%2Fb%3Fc');
  });

  it('a query: is encoded', async () => {
    answerJson(200, { media: [], nextCursor: null });
    await client.listMedia({ q: 'a=1&b=2 ñ?#', limit: 3 });
    const { pathname, searchParams } = new URL(asked[0]?.url ?? '', 'http://x');
    expect([pathname, ...searchParams]).toEqual(['/api/media', ['q', 'a=1&b=2 ñ?#'], ['limit', '3']]);
  });

  it('an answer without a body: gives undefined', async () => {
    answer = (_, response) => {
      response.writeHead(204).end();
    };
    await expect(client.deleteMedia('a')).resolves.toBeUndefined();
  });

  it('a problem: is thrown with its code and the sentence of the server', async () => {
    answerJson(503, { ...new Problem('queue-full').toDocument(), error: 'Come back tomorrow.' });
    const asking = client.createJob({ url: 'https://example.com/', type: 'audio' });
    await expect(asking).rejects.toThrow(Problem);
    await expect(asking).rejects.toMatchObject({ code: 'queue-full', message: 'Come back tomorrow.', retryable: true });
  });

  it('a problem of any call: is reported to onProblem', async () => {
    answerJson(401, new Problem('unauthorized').toDocument());
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const heard: string[] = [];
    const guest = createApiClient({
      baseUrl: `http://127.0.0.1:${port}`,
      shareToken: 'abc',
      onProblem: ({ code }) => heard.push(code),
    });
    await expect(guest.listJobs()).rejects.toThrow(Problem);
    expect(heard).toEqual(['unauthorized']);
    expect(asked[0]?.headers.authorization).toBe('Share abc');
  });

  it.each([
    ['an error page', 502, '<html>bad gateway</html>'],
    ['another kind of JSON', 500, { message: 'boom' }],
    ['a redirect', 302, ''],
  ])('%s instead of a problem: throws ApiUnavailable', async (_, status, body) => {
    answerJson(status, body);
    await expect(client.listJobs()).rejects.toThrow(ApiUnavailable);
  });

  it('the problem server-starting from nginx: throws ApiUnavailable', async () => {
    answerJson(502, { ...new Problem('server-starting').toDocument(), status: 502 });
    await expect(client.listJobs()).rejects.toThrow(ApiUnavailable);
  });

  it('a server that is down: throws ApiUnavailable with its cause', async () => {
    server.close();
    await once(server, 'close');
    const asking = client.listJobs();
    await expect(asking).rejects.toThrow(ApiUnavailable);
    await expect(asking).rejects.toHaveProperty('cause');
  });

  it('a server that never answers: throws ApiUnavailable at the time limit', async () => {
    answer = () => undefined;
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const hasty = createApiClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 200 });
    await expect(hasty.listJobs()).rejects.toThrow(ApiUnavailable);
  });

  it('an answer of another schema: throws an error', async () => {
    answerJson(200, { jobs: 'none' });
    await expect(client.listJobs()).rejects.toThrow();
  });
});
