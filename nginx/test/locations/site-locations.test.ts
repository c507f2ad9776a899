import { sitePages } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../src/directives/security-headers.ts';
import {
  GROWING_ID,
  GROWING_SHARE,
  ITEM_SHARE,
  MEDIA_ID,
  SESSION,
  startEdge,
  STATION_SHARE,
  type EdgeFixture,
  type RequestOptions,
} from '../fixtures/edge-fixture.ts';
import { expectHeadersOnce } from '../fixtures/expect-headers.ts';

const texts = textsOf('en');

let edge: EdgeFixture;

beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.stop());
beforeEach(() => {
  edge.ytApp.handler = (_request, response) => response.end('{}');
  edge.icecast.handler = (_request, response) => response.setHeader('content-type', 'audio/mpeg').end('mp3');
});

const media = (file: string) => `/media/${MEDIA_ID}/${file}`;

const NO_SHARE = `/s/${'x'.repeat(22)}`;
const STRANGER: RequestOptions = { isStranger: true };

const ANSWERS: [string, number, RequestOptions?][] = [
  ['/sign-in', 200, STRANGER],
  ['/join', 200, STRANGER],
  ['/join/', 404, STRANGER],
  ['/join', 405, { ...STRANGER, method: 'POST' }],
  ...sitePages.flatMap((page): [string, number, RequestOptions?][] => [
    [page, 401, STRANGER],
    [page, 200],
  ]),
  [`/collections/${MEDIA_ID}`, 401, STRANGER],
  [`/collections/${MEDIA_ID}`, 200],
  ['/collections/', 404],
  [`/watch/${MEDIA_ID}`, 401, STRANGER],
  [media('v1080.mp4'), 401, STRANGER],
  ['/play', 401, STRANGER],
  ['/assets/index-Ab_12.js', 200, STRANGER],
  ['/nowhere', 404, STRANGER],
  [`/s/${ITEM_SHARE}`, 308, STRANGER],
  [`/s/${ITEM_SHARE}/`, 200, STRANGER],
  [`/s/${ITEM_SHARE}/`, 405, { method: 'POST' }],
  [`/s/${ITEM_SHARE}/index.m3u8`, 200, STRANGER],
  [`/s/${ITEM_SHARE}/v1080.mp4`, 206, { ...STRANGER, headers: { range: 'bytes=2-4' } }],
  [`/s/${ITEM_SHARE}/missing.mp4`, 404, STRANGER],
  [`/s/${STATION_SHARE}/play`, 200, STRANGER],
  [`/s/${STATION_SHARE}/play`, 405, { method: 'PUT' }],
  [`${NO_SHARE}/`, 404, STRANGER],
  [`${NO_SHARE}/index.m3u8`, 404, STRANGER],
  [`${NO_SHARE}/play`, 404, STRANGER],
  ['/', 413, { method: 'POST', body: 'x'.repeat(20_000) }],
  ['/', 400, { headers: { 'x-long': 'x'.repeat(9000) } }],
  [`/${'x'.repeat(9000)}`, 414],
  ['/', 400, { headers: { host: 'localhost:nonsense' } }],
  ['/access', 404],
  ['/', 200],
  ['/', 405, { method: 'POST' }],
  ['/radio?x=1', 200],
  ['/queue', 200],
  ['/people', 200],
  ['/activity', 200],
  ['/settings', 200],
  ['/add?url=https%3A%2F%2Fexample.org', 200],
  [`/watch/${MEDIA_ID}`, 200],
  [`/listen/${MEDIA_ID}`, 200],
  ['/watch/nonsense', 404],
  ['/nowhere', 404],
  ['/nowhere', 405, { method: 'DELETE' }],
  ['/assets/index-Ab_12.js', 200],
  ['/assets/missing.js', 404],
  ['/favicon.svg', 200],
  ['/favicon.svg', 405, { method: 'PUT' }],
  ['/video/', 308],
  ['/hls/old-name-2024.m3u8', 308],
  [media('index.m3u8'), 200],
  [media('v1080.mp4'), 206, { headers: { range: 'bytes=2-4' } }],
  [media('v1080.mp4'), 405, { method: 'POST' }],
  [media('poster.jpg'), 200],
  [media('missing.mp4'), 404],
  ['/play', 200],
  ['/play', 405, { method: 'POST' }],
  ['/play', 405, { method: 'SOURCE' }],
  ['/play/more', 404],
  ['/api/media', 200],
  ['/api/jobs', 413, { method: 'POST', body: 'x'.repeat(20_000) }],
  ['/admin/stats', 404],
  ['/status-json.xsl', 404],
  ['/internal/station/next', 404],
  ['/healthz', 404],
  ['/readyz', 404],
  ['/metrics', 200],
  ['/metrics/', 404],
];

test.each(ANSWERS)('%s: answers %i with every security header once, to %o', async (path, status, options) => {
  const answer = await edge.request(path, options);
  expect(answer.status).toBe(status);
  expectHeadersOnce(answer);
});

test('a request over HTTPS: answers with every security header once', async () => {
  const answer = await edge.request('/', { isHttps: true });
  expect(answer.status).toBe(200);
  expectHeadersOnce(answer);
});

test.each([
  [media('index.m3u8'), 'application/vnd.apple.mpegurl', 'no-cache'],
  [media('v1080.mp4'), 'video/mp4', 'private, max-age=31536000, immutable'],
  [media('audio.mp3'), 'audio/mpeg', 'private, max-age=31536000, immutable'],
  [`/media/${GROWING_ID}/v1080.mp4`, 'video/mp4', 'no-store'],
  [`/media/${GROWING_ID}/audio.mp3`, 'audio/mpeg', 'no-store'],
  [`/s/${GROWING_SHARE}/v1080.mp4`, 'video/mp4', 'no-store'],
  [`/s/${GROWING_SHARE}/audio.mp3`, 'audio/mpeg', 'no-store'],
  [media('poster.jpg'), 'image/jpeg', 'private, max-age=3600'],
  ['/', 'text/html; charset=utf-8', 'no-cache'],
  ['/assets/index-Ab_12.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/missing.js', 'text/html; charset=utf-8', 'no-store'],
  ['/play', 'audio/mpeg', 'no-store'],
  [`/s/${ITEM_SHARE}/poster.jpg`, 'image/jpeg', 'private, max-age=3600'],
  [`/s/${ITEM_SHARE}/v1080.mp4`, 'video/mp4', 'private, max-age=31536000, immutable'],
])('%s: has the type %s and Cache-Control %s', async (path, type, cacheControl) => {
  const { headers } = await edge.request(path);
  expect(headers['content-type']?.toLowerCase()).toBe(type);
  expect(headers['cache-control']).toBe(cacheControl);
});

describe('pages', () => {
  test('an unknown path: answers 404 with the page of the site', async () => {
    expect((await edge.request('/nowhere')).body).toContain('<title>Linkcast</title>');
  });

  test.each([
    ['/video/', '/?type=video'],
    ['/audio/', '/radio'],
    ['/hls/', '/'],
    ['/hls/film.m3u8?x=1', '/'],
    ['/video', '/?type=video'],
  ])('the ancestor’s %s: redirects to %s', async (old, page) => {
    expect((await edge.request(old, { headers: { host: 'localhost:1' } })).headers.location).toBe(page);
  });

  test('a refused method: answers the allowed methods and one sentence', async () => {
    const answer = await edge.request('/', { method: 'PATCH' });
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(answer.body).toBe(texts.problems['method-not-allowed'].sentence({}));
  });

  test.each(['/assets/index-Ab_12.js', media('index.m3u8')])('%s with Accept-Encoding: is compressed', async (path) => {
    const answer = await edge.request(path, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
  });
});

describe('media', () => {
  test('a range: gets those bytes', async () => {
    const answer = await edge.request(media('audio.mp3'), { headers: { range: 'bytes=2-4' } });
    expect([answer.body, answer.headers['content-range']]).toEqual(['234', 'bytes 2-4/10']);
  });

  test('a range beyond the end: answers 416 with every security header, although nginx runs its filters twice', async () => {
    const answer = await edge.request(media('v1080.mp4'), { headers: { range: 'bytes=50-60' } });
    expect([answer.status, answer.headers['content-range']]).toEqual([416, 'bytes */10']);
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(answer.headers[name.toLowerCase()]).toContain(value);
    }
  });

  test('an unchanged file: answers 304 to its ETag', async () => {
    const { headers } = await edge.request(media('v1080.mp4'));
    const again = await edge.request(media('v1080.mp4'), { headers: { 'if-none-match': headers.etag ?? '' } });
    expect(again.status).toBe(304);
    expectHeadersOnce(again);
  });

  test.each([
    media('media.json'),
    '/media/.work/job.1/v1080.mp4',
    `/media/${MEDIA_ID}`,
    `/media/${MEDIA_ID}/`,
    '/media/',
    `/media/${MEDIA_ID}/../../secret.mp4`,
    `/media/${MEDIA_ID}/..%2f..%2fsecret.mp4`,
    `/media/${MEDIA_ID}/%2e%2e/%2e%2e/secret.mp4`,
    '/media../secret.mp4',
    '/media/../secret.mp4',
    `//media/${MEDIA_ID}/v1080.mp4`,
    `/media/${MEDIA_ID}/v1080.mp4/`,
    `/media/${MEDIA_ID}/v1080.mp4%00.jpg`,
    `/media/${MEDIA_ID.toUpperCase()}/v1080.mp4`,
    '/.env',
    '/assets/.hidden.js',
    '/assets/../.env',
    '/index.html',
    '/%2e%2e/secret.mp4',
    '/api/../internal/station/next',
    '/api/%2e%2e/internal/station/next',
    '/api/..%2finternal/station/next',
    '/api//internal',
    '/internal/../api/jobs',
    '/%0d%0aX-Evil:%201',
  ])('%s: answers 400 or 404, and reaches no upstream', async (path) => {
    const before = edge.ytApp.requests.length;
    const answer = await edge.request(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('secret');
    expect(edge.ytApp.requests).toHaveLength(before);
  });
});

describe('the station', () => {
  test('HEAD /play with a query, a token and a range: reaches Icecast as GET of the mount without them', async () => {
    const answer = await edge.request('/play?secret=1', {
      method: 'HEAD',
      headers: {
        authorization: 'Bearer x',
        range: 'bytes=0-',
        cookie: `a=b; linkcast=${SESSION}`,
        'icy-metadata': '1',
      },
    });
    expect(answer.status).toBe(200);
    const last = edge.icecast.requests.at(-1);
    expect(last).toMatchObject({ method: 'GET', url: '/play', headers: { 'icy-metadata': '1' } });
    for (const name of ['authorization', 'range', 'cookie']) expect(last?.headers[name]).toBeUndefined();
  });

  test.each([404, 500, 401])('/play while Icecast answers %i: answers station-unavailable', async (status) => {
    edge.icecast.handler = (_request, response) => response.writeHead(status).end('Icecast page');
    const answer = await edge.request('/play');
    expect(answer.status).toBe(503);
    expect(answer.body).toBe(texts.problems['station-unavailable'].sentence({}));
    expectHeadersOnce(answer);
  });
});

describe('names', () => {
  test.each(['localhost', 'localhost:9000', '127.0.0.1', '[::1]:8080'])('Host %s: is answered', async (host) => {
    expect((await edge.request('/api/jobs', { method: 'POST', headers: { host }, body: '{}' })).status).toBe(200);
    expect(edge.ytApp.requests.at(-1)?.headers.host).toBe(host);
  });

  test.each(['evil.example', 'localhost.evil.example', '192.168.1.2'])('Host %s: gets no answer', async (host) => {
    await expect(edge.request('/', { headers: { host } })).rejects.toThrow(/hang up|ECONNRESET/);
  });

  test('a request without a Host: gets no answer', async () => {
    const socket = connect(edge.options.httpPort, '127.0.0.1').end('GET / HTTP/1.0\r\n\r\n');
    const chunks: unknown[] = [];
    await new Promise<void>((resolve) => {
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.once('error', () => resolve()); // a reset counts as an end
      socket.once('close', () => resolve());
    });
    expect(chunks).toEqual([]);
  });
});
