import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  GROWING_ID,
  GROWING_SHARE,
  startEdge,
  type EdgeFixture,
  type RequestOptions,
} from '../fixtures/edge-fixture.ts';

let edge: EdgeFixture;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.stop());

const fileOf = (name: string) => path.join(edge.options.mediaDirectory, GROWING_ID, name);
const targets = ['v1080.mp4', 'audio.mp3'].flatMap((name) => [
  [`/media/${GROWING_ID}/${name}`, name],
  [`/s/${GROWING_SHARE}/${name}`, name],
]);
const schemes: readonly (readonly [string, RequestOptions])[] = [
  ['HTTP', {}],
  ['HTTPS', { isHttps: true }],
];

describe.each(schemes)('a growing track over %s', (_, scheme) => {
  beforeEach(() => Promise.all(['v1080.mp4', 'audio.mp3'].map((name) => writeFile(fileOf(name), '0123456789'))));
  const request = (target: string, headers: Record<string, string> = {}) =>
    edge.request(target, { ...scheme, headers });

  test.each(targets)('%s: must not be stored and has no validator, whole or in part', async (target) => {
    for (const headers of [{}, { range: 'bytes=0-3' }] as const) {
      const answer = await request(target, headers);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.headers['last-modified']).toBeUndefined();
    }
  });

  test.each(targets)('%s with a range of new bytes: answers those bytes', async (target, name) => {
    await request(target);
    await appendFile(fileOf(name), 'abcdef');
    const { status, body, headers } = await request(target, { range: 'bytes=10-13' });
    expect([status, body, headers['content-range']]).toEqual([206, 'abcd', 'bytes 10-13/16']);
  });

  test.each(targets)('%s with an outdated validator: answers the whole file, as HTTP requires', async (target) => {
    const { status, body } = await request(target, { 'if-range': '"6b05b474-4"', range: 'bytes=0-3' });
    expect([status, body]).toEqual([200, '0123456789']);
    expect((await request(target, { 'if-none-match': '"6b05b474-4"' })).status).toBe(200);
  });
});

describe.each(targets)('%s of a ready item', (target) => {
  beforeAll(() => writeFile(fileOf('media.json'), '{}'));

  test('requested: is cacheable for ever, with a constant ETag', async () => {
    const { headers } = await edge.request(target);
    expect(headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const etag = headers.etag ?? '';
    expect(headers['last-modified']).toBeDefined();
    const part = await edge.request(target, { headers: { 'if-range': etag, range: 'bytes=2-4' } });
    expect([part.status, part.body, part.headers.etag]).toEqual([206, '234', etag]);
    expect((await edge.request(target, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});
