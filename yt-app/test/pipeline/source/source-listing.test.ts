import { expect, test } from 'vitest';
import { parseSourceListing } from '../../../src/pipeline/source/source-listing.ts';

const CHANNEL = 'https://example.com/@channel';
const video = (id: string, more: object = {}) => ({
  ...{ _type: 'url', ie_key: 'Site', id, url: `https://example.com/watch?v=${id}`, title: id, ...more },
});
const tab = (name: string, entries: readonly object[]) => ({
  ...{ _type: 'playlist', title: `Channel - ${name}`, webpage_url: `${CHANNEL}/${name}`, entries },
});
const read = (content: object, most = 200) => parseSourceListing(JSON.stringify(content), most);
const list = (entries: readonly unknown[]) => ({
  _type: 'playlist',
  title: 'A channel',
  webpage_url: CHANNEL,
  entries,
});

test('a channel with tabs: has the videos of all of them', () => {
  const channel = list([tab('videos', [video('a'), video('b')]), tab('shorts', [video('c')])]);
  expect(read(channel)).toMatchObject({ title: 'A channel', hasMore: false });
  expect(read(channel).entries.map(({ sourceId }) => sourceId)).toEqual(['Site:a', 'Site:b', 'Site:c']);
});

test('a tab that is longer than the limit: the list has more', () => {
  const channel = list([tab('videos', [video('a'), video('b')]), tab('shorts', [video('c')])]);
  expect(read(channel, 1)).toMatchObject({ hasMore: true, entries: [{ sourceId: 'Site:a' }] });
});

test('announced, live and just ended videos: are upcoming, the first with its date', () => {
  const { entries } = read(
    list([
      video('premiere', { live_status: 'is_upcoming', release_timestamp: 1_800_000_000, timestamp: 1 }),
      video('live', { live_status: 'is_live' }),
      video('ended', { live_status: 'post_live' }),
      video('recording', { live_status: 'was_live', timestamp: 1_700_000_000 }),
    ]),
  );
  expect(entries.map(({ isUpcoming }) => isUpcoming)).toEqual([true, true, true, false]);
  expect(entries[0]?.publishedAt).toBe('2027-01-15T08:00:00.000Z');
  expect(entries[3]?.publishedAt).toBe('2023-11-14T22:13:20.000Z');
});

test('an entry of a feed: has the id of the feed, and a link without it', () => {
  const data = encodeURIComponent(JSON.stringify({ force_videoid: 'urn:1' }));
  const url = `https://example.com/1.mp3#__youtubedl_smuggle=${data}`;
  expect(read(list([{ url, title: '1' }])).entries).toMatchObject([
    { url: 'https://example.com/1.mp3', sourceId: 'guid:urn:1' },
  ]);
  const other = `https://example.com/2.mp3#__youtubedl_smuggle=${encodeURIComponent('{"referer":"x"}')}`;
  expect(read(list([{ url: other, title: '2' }])).entries).toMatchObject([{ url: other, sourceId: null }]);
});

test('an empty list: is a list', () => {
  expect(read(list([])).entries).toEqual([]);
});

test.each([
  ['one video', { _type: 'video', id: 'x', url: 'https://example.com/x.mp4' }],
  ['a page whose videos have no links of their own', list([{ url: CHANNEL }, { webpage_url: CHANNEL }])],
])('%s: is no list', (_name, content) => {
  expect(() => read(content)).toThrow(expect.objectContaining({ code: 'not-a-list' }) as Error);
});

test('values of any form in an entry: are left out, and the others stay', () => {
  const odd = [
    null,
    7,
    { url: 'file:///etc/passwd' },
    { url: `https://example.com/${'x'.repeat(3000)}` },
    video('y', {
      title: 'z'.repeat(4096),
      timestamp: 1e300,
      release_timestamp: 'tomorrow',
      live_status: 5,
      entries: 'x',
    }),
    video('w'.repeat(1000), { url: 'https://example.com/w', timestamp: -1e12 }),
  ];
  expect(read(list(odd)).entries).toEqual([
    {
      url: 'https://example.com/watch?v=y',
      title: 'z'.repeat(300),
      sourceId: 'Site:y',
      publishedAt: null,
      isUpcoming: false,
    },
    { url: 'https://example.com/w', title: 'w'.repeat(300), sourceId: null, publishedAt: null, isUpcoming: false },
  ]);
});

test('text that is no JSON: cannot be read', () => {
  expect(() => parseSourceListing('<html>', 5)).toThrow(expect.objectContaining({ code: 'source-extractor' }) as Error);
});
