import { Problem, type Playlist } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { expect, test } from 'vitest';
import { createSourceProbe } from '../../../src/pipeline/source-probe.ts';
import { parseListing } from '../../../src/pipeline/source/source-playlist.ts';
import { parseSourceInfo } from '../../../src/pipeline/source/source-info.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const VIDEO = {
  id: 'x',
  title: 'A film',
  duration: 60,
  url: 'https://example.com/x.mp4',
  webpage_url: 'https://example.com/x',
};
const LISTING = JSON.stringify({
  _type: 'playlist',
  title: 'A list',
  entries: [1, 2].map((number) => ({
    _type: 'url',
    url: `https://example.com/watch?v=${number}`,
    title: `Video ${number}`,
  })),
});

/** Probes a list of which yt-dlp prints this when it is to take one video. */
async function listWhoseOneIs(resolve: () => string): Promise<Playlist | null> {
  const playlist = parseListing(LISTING, 200);
  if (!playlist) throw new Error('the sample is no list');
  const probe = createSourceProbe({
    impersonateTargets: () => Promise.resolve([]),
    list: () => Promise.resolve({ playlist }),
    resolve: async () => parseSourceInfo(await Promise.resolve(resolve())),
  });
  const link = { url: 'https://example.com/list', proxyUrl: 'http://127.0.0.1:1', maxEntries: 200, ways: [] };
  return (await probe(link, { signal: new AbortController().signal, onCookies: () => undefined, logger })).playlist;
}

test('a list whose link names no video: one video is the first', async () => {
  const first = JSON.stringify({ _type: 'playlist', title: 'A list', entries: [VIDEO] });
  expect(await listWhoseOneIs(() => first)).toMatchObject({ title: 'A list', one: 'first' });
});

test('a list whose link names a video, as of a video in a playlist: one video is that one', async () => {
  expect(await listWhoseOneIs(() => JSON.stringify(VIDEO))).toMatchObject({ title: 'A list', one: 'chosen' });
});

test('a list whose one video cannot be read: it is unknown which one that is', async () => {
  const playlist = await listWhoseOneIs(() => {
    throw new Problem('source-private');
  });
  expect(playlist).toMatchObject({ title: 'A list', one: null });
});
