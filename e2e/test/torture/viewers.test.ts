import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { portOf, until } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watch } from '../../torture/clients/viewers.ts';
import { createLedger, type Ledger } from '../../torture/ledger.ts';
import { createRandom } from '../../torture/random.ts';
import { item } from './made-up-evidence.ts';

const SEGMENT_BYTES = 10;

let server: Server;
let ledger: Ledger;
/** Segments that the playlist lists, and those whose bytes are there. */
let [listed, present] = [3, 3];

beforeEach(async () => {
  [listed, present] = [3, 3];
  ledger = createLedger();
  server = createServer((request, response) => {
    if (request.url?.endsWith('.m3u8')) return response.end(playlist(listed));
    const [, start = '0', end = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    if (Number(end) >= present * SEGMENT_BYTES) return response.writeHead(416).end();
    return response.writeHead(206).end(Buffer.alloc(Number(end) - Number(start) + 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => server.close());

function playlist(segments: number): string {
  const lines = Array.from(
    { length: segments },
    (_, index) => `#EXTINF:2,\n#EXT-X-BYTERANGE:${SEGMENT_BYTES}@${index * SEGMENT_BYTES}\nv360.mp4\n`,
  );
  return `#EXTM3U\n${lines.join('')}`;
}

/** Watches until a condition. @returns the broken promises */
async function watchUntil(condition: () => boolean): Promise<string[]> {
  const over = new AbortController();
  const siteUrl = `http://127.0.0.1:${portOf(server)}`;
  const signIn = (): Promise<string> => Promise.resolve('session=1');
  const media = [{ ...item(), position: null }];
  const api = { listMedia: () => Promise.resolve({ media, nextCursor: null }) };
  const watching = watch({ siteUrl, signIn, api }, ledger, createRandom(1), over.signal);
  await until(condition, 20);
  over.abort();
  await watching;
  return [...new Set(ledger.violations.map(({ promise }) => promise))];
}
const playlists = (): number => ledger.counts.get('viewer: playlists') ?? 0;
const segments = (): number => ledger.counts.get('viewer: segments') ?? 0;

test('a playlist that grows, and its segments: nothing is broken', async () => {
  const broken = await watchUntil(() => {
    if (playlists() === 2) [listed, present] = [5, 5];
    return playlists() >= 4 && segments() >= 4;
  });
  expect(broken).toEqual([]);
});

test('a playlist that shrinks: breaks a promise', async () => {
  const broken = await watchUntil(() => {
    if (playlists() === 2) listed = 2;
    return ledger.violations.length > 0;
  });
  expect(broken).toEqual(['a playlist never shrinks or changes']);
});

test('a listed segment that is missing: breaks a promise', async () => {
  present = 0;
  expect(await watchUntil(() => ledger.violations.length > 0)).toEqual(['a listed segment is there']);
});

test('an edge that does not answer: breaks none', async () => {
  present = 0;
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(503).end();
  });
  let rounds = 0;
  expect(await watchUntil(() => (rounds += 1) > 20)).toEqual([]);
});
