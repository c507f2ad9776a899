import { Playlist } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { parseListing } from '../../../src/pipeline/source/source-playlist.ts';

const LIST = 'https://example.com/list';
const MOST = 200;

const entry = (number: number, fields: object = {}): object => ({
  _type: 'url',
  url: `https://example.com/watch?v=${number}`,
  title: `Video ${number}`,
  duration: number,
  ...fields,
});
const listing = (entries: readonly unknown[], fields: object = {}): string =>
  JSON.stringify({ _type: 'playlist', id: 'x', title: 'A list', webpage_url: LIST, entries, ...fields });
const urlsOf = (text: string): string[] | undefined => parseListing(text, MOST)?.entries.map(({ url }) => url);

test('a list: has its title, and its videos in the order of the source', () => {
  expect(parseListing(listing([entry(2), entry(1)]), MOST)).toEqual({
    title: 'A list',
    entries: [
      { url: 'https://example.com/watch?v=2', title: 'Video 2', durationSeconds: 2 },
      { url: 'https://example.com/watch?v=1', title: 'Video 1', durationSeconds: 1 },
    ],
    hasMore: false,
    one: null,
  });
});

test('5,000 videos: are cut at the limit, and the list says that it has more', () => {
  const found = parseListing(listing(Array.from({ length: 5000 }, (_, number) => entry(number))), MOST);
  expect(found?.entries).toHaveLength(MOST);
  expect(found?.hasMore).toBe(true);
});

test('a title of 4 kB, of the list and of a video: is cut, and fits the API', () => {
  const title = 'long \u202e'.repeat(700);
  const found = Playlist.parse(parseListing(listing([entry(1, { title }), entry(2)], { title }), MOST));
  expect(found.title?.length).toBeLessThanOrEqual(300);
  expect(found.entries[0]?.title).not.toContain('\u202e');
});

test('a channel, a list of its tabs: has the videos of the tabs, and none of deeper lists', () => {
  const tab = (...entries: object[]): object => ({ url: 'https://example.com/tab', entries });
  const channel = listing([tab(entry(1), entry(2)), tab(entry(3), tab(entry(4)))]);
  expect(urlsOf(channel)).toEqual(urlsOf(listing([entry(1), entry(2), entry(3)])));
});

test('a video that is listed twice: is named once, in its first place', () => {
  expect(urlsOf(listing([entry(1), entry(2), entry(1, { title: 'again' })]))).toEqual([
    'https://example.com/watch?v=1',
    'https://example.com/watch?v=2',
  ]);
});

test('entries without a web address, or with that of the list itself: are left out', () => {
  const others = [
    null,
    'text',
    {},
    { url: 5 },
    entry(3, { url: 'file:///etc/passwd' }),
    entry(4, { url: LIST }),
    entry(5, { url: 'relative/path' }),
    entry(6, { url: `https://example.com/${'a'.repeat(3000)}` }),
  ];
  expect(urlsOf(listing([entry(1), ...others, entry(2)]))).toHaveLength(2);
});

test('a video that the list does not name: has no title and no length', () => {
  const found = parseListing(listing([entry(1, { title: null, duration: -5 }), entry(2)]), MOST);
  expect(found?.entries[0]).toMatchObject({ title: null, durationSeconds: null });
});

test.each([
  ['one video', JSON.stringify({ id: 'x', title: 'One', formats: [] })],
  ['a list of one video', listing([entry(1)])],
  ['a list of nothing', listing([])],
  ['something else', '"text"'],
])('%s: is no list', (_, text) => {
  expect(parseListing(text, MOST)).toBeUndefined();
});

test('output that is no JSON: is a problem of the extractor', () => {
  expect(() => parseListing('{"_type": ', MOST)).toThrow(expect.objectContaining({ code: 'source-extractor' }));
});
