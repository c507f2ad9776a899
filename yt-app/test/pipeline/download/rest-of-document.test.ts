import { expect, test } from 'vitest';
import type { FetchBytes } from '../../../src/pipeline/run/job-egress.ts';
import { writeDownloadDocument } from '../../../src/pipeline/source/download-document.ts';
import { restOfDocument } from '../../../src/pipeline/download/rest-of-document.ts';
import { skipFragments } from '../../../src/pipeline/download/rest-of-playlist.ts';
import type { Rest } from '../../../src/pipeline/tracks/kept-source.ts';

const PLAYLIST = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MEDIA-SEQUENCE:4
#EXT-X-KEY:METHOD=AES-128,URI="key"
#EXT-X-MAP:URI="all.mp4",BYTERANGE="700@0"
#EXTINF:2.0,
#EXT-X-BYTERANGE:1000@700
all.mp4
#EXTINF:2.0,
#EXT-X-BYTERANGE:900
all.mp4
#EXT-X-DISCONTINUITY
#EXTINF:2.0,
#EXT-X-BYTERANGE:800
all.mp4
#EXTINF:2.0,
#EXT-X-BYTERANGE:600
all.mp4
#EXT-X-ENDLIST`;
const signal = new AbortController().signal;

const document = (format: object): string => writeDownloadDocument({ url: 'https://site.example/a', ...format }) ?? '';
const answers = (body: string, status = 200): FetchBytes => {
  return () => Promise.resolve({ status, body: Buffer.from(body), isWhole: true, finalUrl: 'https://cdn.example/b' });
};
async function restOf(text: string, rest: Rest, fetchBytes = answers(PLAYLIST)) {
  const changed = await restOfDocument(text, rest, { fetchBytes, signal });
  return changed === undefined ? undefined : (JSON.parse(changed) as { formats: [Record<string, unknown>] }).formats[0];
}

test('one file: is asked for at once from the byte on, and for nothing else', async () => {
  const text = document({
    protocol: 'https',
    http_headers: { Referer: 'https://site.example/', range: 'bytes=7-' },
    downloader_options: { http_chunk_size: 10 },
  });
  const before = JSON.parse(text) as { formats: [object] }; // our own document
  expect(await restOf(text, { kind: 'byte', from: 1000 })).toEqual({
    ...before.formats[0],
    downloader_options: undefined,
    http_headers: { Referer: 'https://site.example/', Range: 'bytes=1000-' },
  });
});

test('a list of fragments: has those that are missing; a shorter list begins anew', async () => {
  const fragments = ['init', '1', '2', '3'].map((path) => ({ url: `https://site.example/${path}` }));
  const text = document({ protocol: 'http_dash_segments', fragments });
  expect(await restOf(text, { kind: 'fragment', skip: 2 })).toMatchObject({ fragments: fragments.slice(2) });
  expect(await restOf(text, { kind: 'fragment', skip: 4 })).toBeUndefined();
});

test('a playlist: comes with the document, without the segments that are kept', async () => {
  const format = await restOf(document({ protocol: 'm3u8' }), { kind: 'fragment', skip: 3 });
  expect(format).toMatchObject({ url: 'https://cdn.example/b' });
  expect(String(format?.['hls_media_playlist_data']).split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-KEY:METHOD=AES-128,URI="key"',
    '#EXT-X-MEDIA-SEQUENCE:7',
    '#EXT-X-DISCONTINUITY',
    '#EXTINF:2.0,',
    '#EXT-X-BYTERANGE:800@2600',
    'all.mp4',
    '#EXTINF:2.0,',
    '#EXT-X-BYTERANGE:600@3400',
    'all.mp4',
    '#EXT-X-ENDLIST',
  ]);
});

test.each([
  ['with cookies', { cookies: 'a=b; Domain=.site.example' }, answers(PLAYLIST)],
  ['that is a part between discontinuities', { format_index: 1 }, answers(PLAYLIST)],
  ['that the server refuses', {}, answers(PLAYLIST, 403)],
  ['that cannot be fetched', {}, () => Promise.reject(new Error('gone'))],
])('a playlist %s: begins anew', async (_name, fields, fetchBytes) => {
  expect(
    await restOf(document({ protocol: 'm3u8', ...fields }), { kind: 'fragment', skip: 3 }, fetchBytes),
  ).toBeUndefined();
});

test.each([
  ['with no more than is kept', PLAYLIST, 5],
  ['that grows', PLAYLIST.replace('#EXT-X-ENDLIST', ''), 3],
  ['with advertisements', PLAYLIST.replace('#EXTINF', '#ANVATO-SEGMENT-INFO:type=ad\n#EXTINF'), 3],
])('a playlist %s: cannot be cut', (_name, playlist, count) => {
  expect(skipFragments(playlist, count)).toBeUndefined();
});
