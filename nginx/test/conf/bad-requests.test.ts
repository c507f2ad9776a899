import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../src/directives/security-headers.ts';
import { MEDIA_ID, SESSION, startEdge, type EdgeFixture } from '../fixtures/edge-fixture.ts';
import { sendRaw } from '../fixtures/raw-request.ts';

let edge: EdgeFixture;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.stop());

const FILE = `/media/${MEDIA_ID}/v1080.mp4`;
const END = `Cookie: linkcast=${SESSION}\r\nConnection: close\r\n\r\n`;
const send = (head: string) => sendRaw(edge.options.httpPort, `${head}\r\n${END}`);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

describe.each(['', '/api', '/s'])('malformed paths below %s/', (prefix) => {
  test.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%252e%252e/etc/passwd',
    '/..;/internal/access',
    String.raw`/..\..\etc\passwd`,
    '/..%5c..%5cetc%5cpasswd',
    '/%00',
    `${FILE}%00`,
    '//etc/passwd',
    '/.git/config',
    '/.well-known/../.env',
    '/%c0%ae%c0%ae/etc/passwd',
    '/\u00e9',
    '/%0d%0aX-Evil:%201',
    '/%0aSet-Cookie:%20a=b',
  ])('%s: answers 400 or 404, and reaches no upstream', async (path) => {
    const before = edge.ytApp.requests.length;
    const answer = await send(`GET ${prefix}${path} HTTP/1.1\r\nHost: localhost`);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/root:|secret|^x-evil|^set-cookie/im);
    expect(edge.ytApp.requests).toHaveLength(before);
  });
});

describe('hosts', () => {
  test.each([
    ['a second Host', 'GET /api/media HTTP/1.1\r\nHost: localhost\r\nHost: evil.example'],
    ['another Host than the request line', 'GET http://localhost/api/media HTTP/1.1\r\nHost: evil.example'],
    ['a Host with a line end', 'GET /api/media HTTP/1.1\r\nHost: localhost\rX-Evil: 1'],
    ['a Host with a path', 'GET /api/media HTTP/1.1\r\nHost: localhost/evil'],
    ['a Host with a user', 'GET /api/media HTTP/1.1\r\nHost: evil@localhost'],
  ])('%s: is refused and reaches no upstream', async (_, head) => {
    const before = edge.ytApp.requests.length;
    expect([0, 400]).toContain(statusOf(await send(head)));
    expect(edge.ytApp.requests).toHaveLength(before);
  });

  test('a request line with an unknown host: gets no answer', async () => {
    expect(await send('GET http://evil.example/ HTTP/1.1\r\nHost: localhost')).toBe('');
  });

  test('a request line with our host: is answered', async () => {
    expect(statusOf(await send('GET http://localhost/ HTTP/1.1\r\nHost: localhost'))).toBe(200);
  });
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'SOURCE', 'STATS', 'PURGE'])(
    '%s outside the API: answers 405 with every security header',
    async (method) => {
      for (const path of ['/', '/sign-in', FILE, '/play', '/assets/index-Ab_12.js', '/s/xxxxxxxxxxxxxxxxxxxxxx/']) {
        const answer = await send(`${method} ${path} HTTP/1.1\r\nHost: localhost`);
        expect([path, statusOf(answer)]).toEqual([path, 405]);
        for (const name of Object.keys(securityHeaders)) expect(answer).toContain(`\r\n${name}: `);
      }
    },
  );

  test.each(['TRACE', 'CONNECT'])('%s: is refused', async (method) => {
    expect([400, 405]).toContain(statusOf(await send(`${method} / HTTP/1.1\r\nHost: localhost`)));
  });
});

describe('internal paths', () => {
  test.each([
    '/access',
    '/access/',
    '/internal/access',
    '/internal/membership',
    '/internal/sign-outs',
    '/internal/station/next',
    '/healthz',
    '/readyz',
    '/metrics/',
    '/Metrics',
    '/admin/',
    '/admin/listclients',
    '/admin/metadata?mount=/play',
    '/status.xsl',
    '/status-json.xsl',
    '/server_version.xsl',
    '/play.m3u',
    '/index.html',
    `/media/${MEDIA_ID}/media.json`,
  ])('%s: answers 404, and reaches no upstream', async (path) => {
    const before = [edge.ytApp.requests.length, edge.icecast.requests.length];
    expect(statusOf(await send(`GET ${path} HTTP/1.1\r\nHost: localhost`))).toBe(404);
    expect([edge.ytApp.requests.length, edge.icecast.requests.length]).toEqual(before);
  });
});

describe('requests that are too large', () => {
  test('headers of 40 kB: answers 400 with every security header', async () => {
    const lines = Array.from({ length: 5 }, (_, index) => `X-${index}: ${'x'.repeat(8000)}`);
    const answer = await send(`GET / HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}`);
    expect(statusOf(answer)).toBe(400);
    for (const name of Object.keys(securityHeaders)) expect(answer).toContain(`\r\n${name}: `);
  });

  test('a hundred ranges: get the whole file once', async () => {
    const ranges = Array.from({ length: 100 }, () => '0-9').join(',');
    const answer = await send(`GET ${FILE} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=${ranges}`);
    expect(statusOf(answer)).toBe(200);
    expect(answer.endsWith('\r\n\r\n0123456789')).toBe(true);
  });

  // RFC 9110, 14.2: an unknown unit is ignored, and an invalid range may be rejected.
  test.each(['bytes=-', 'bytes=9-1', 'bytes=a-b', 'bytes=0-18446744073709551616'])(
    'the range %s: gets 416 with the size, and no byte of the file',
    async (range) => {
      const answer = await send(`GET ${FILE} HTTP/1.1\r\nHost: localhost\r\nRange: ${range}`);
      expect(statusOf(answer)).toBe(416);
      expect(answer).toContain('\r\nContent-Range: bytes */10\r\n');
      expect(answer).not.toContain('0123');
    },
  );

  test('a range of another unit than bytes: gets the whole file', async () => {
    const answer = await send(`GET ${FILE} HTTP/1.1\r\nHost: localhost\r\nRange: items=0-1`);
    expect(statusOf(answer)).toBe(200);
    expect(answer.endsWith('\r\n\r\n0123456789')).toBe(true);
  });
});
