import type { ListingEntry } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { decideEntries, toEntry, type CheckedList } from '../../src/following/entry-decision.ts';
import type { KnownEntry } from '../../src/following/entry-store.ts';
import { listVideos } from '../../src/following/list-videos.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const HOUR = 3_600_000;

type Sample = Partial<ListingEntry> & { readonly name: string };

const urlOf = (name: string): string => `https://example.com/${name}`;
/** An entry; its date is in hours before now. */
const entry = (name: string, hoursAgo?: number, more: Partial<ListingEntry> = {}): Sample => ({
  ...{ name, title: name, ...more },
  publishedAt: hoursAgo === undefined ? null : new Date(NOW - hoursAgo * HOUR).toISOString(),
});
const known = (name: string, state: KnownEntry['state'] = 'known', sourceId: string | null = null): KnownEntry =>
  toEntry({ sourceKey: urlOf(name), sourceId, url: urlOf(name), title: name }, state, NOW - HOUR);

/** Decides about a list; the wanted names are in their order. */
function decide(samples: readonly Sample[], checked: Partial<CheckedList> = {}) {
  const entries = samples.map(({ name, ...more }): ListingEntry => {
    return { url: urlOf(name), title: null, sourceId: null, publishedAt: null, isUpcoming: false, ...more };
  });
  const decision = decideEntries({
    list: { since: null, filter: { include: [], exclude: [] }, lastCheckAt: NOW - 6 * HOUR },
    videos: listVideos({ title: null, entries, hasMore: false }, NOW, []),
    ...{ hasMore: false, known: [], last: undefined, now: NOW },
    ...checked,
  });
  return {
    wanted: decision.wanted.map(({ url }) => url.slice(urlOf('').length)),
    waiting: decision.remembered.filter(({ state }) => state === 'upcoming').map(({ title }) => title),
    forgotten: decision.forgotten.map((key) => key.slice(urlOf('').length)),
  };
}

describe('the first check', () => {
  const list = [entry('c', 1), entry('b', 30), entry('a', 60)];

  test('without a wish: takes nothing', () => {
    expect(decide(list, { last: 0 }).wanted).toEqual([]);
  });

  test('with a number: takes the newest, the older one first, whatever the order of the list', () => {
    expect(decide(list, { last: 2 }).wanted).toEqual(['b', 'c']);
    expect(decide(list.toReversed(), { last: 2 }).wanted).toEqual(['b', 'c']);
  });

  test('with a day: takes what is dated since then, and nothing without a date', () => {
    const since = { since: '2026-11-29', filter: { include: [], exclude: [] }, lastCheckAt: null };
    expect(decide([...list, entry('undated')], { last: 0, list: since }).wanted).toEqual(['b', 'c']);
  });

  test('of a list without dates: takes the first ones, in their order', () => {
    expect(decide([entry('1'), entry('2'), entry('3')], { last: 2 }).wanted).toEqual(['1', '2']);
  });

  test('with a filter: counts the videos with a wanted title only', () => {
    const filter = { include: ['épisode'], exclude: ['Teaser'] };
    const titled = ['Teaser of Episode 3', 'EPISODE 2', 'News', 'Episode 1'].map((title, index) =>
      entry(`v${index}`, index + 1, { title }),
    );
    expect(decide(titled, { last: 1, list: { since: null, filter, lastCheckAt: null } }).wanted).toEqual(['v1']);
  });
});

describe('a later check', () => {
  test('takes what was not there, in the order in which it appeared', () => {
    expect(decide([entry('d'), entry('c'), entry('b')], { known: [known('b')] }).wanted).toEqual(['c', 'd']);
    expect(decide([entry('b'), entry('c'), entry('d')], { known: [known('b')] }).wanted).toEqual(['c', 'd']);
  });

  test('of a list that was cut: leaves out what has moved into the part that is read', () => {
    const list = [entry('d'), entry('c'), entry('old')];
    expect(decide(list, { known: [known('c')], hasMore: true }).wanted).toEqual(['d']);
    expect(decide(list, { known: [known('c')], hasMore: false }).wanted).toContain('old');
  });

  test('a video that is there twice, by its address or its id: is taken once', () => {
    const twice = [entry('b'), entry('b'), entry('x', 1, { sourceId: 'S:1' }), entry('y', 1, { sourceId: 'S:1' })];
    expect(decide(twice, { known: [known('a')] }).wanted.toSorted()).toEqual(['b', 'x']);
  });

  test('a channel with another name, whose videos have other addresses and the same ids: nothing is new', () => {
    const moved = [entry('new/b', undefined, { sourceId: 'S:b' }), entry('new/a', undefined, { sourceId: 'S:a' })];
    const before = [known('old/b', 'known', 'S:b'), known('old/a', 'known', 'S:a')];
    expect(decide(moved, { known: before }).wanted).toEqual([]);
  });

  test('a list of which nothing is known any more: takes only what is dated since the last check', () => {
    const names = ['1', '2', '3', '4', '5'];
    const replaced = [entry('today', 2), ...names.map((name) => entry(name, 24 * 90)), entry('undated')];
    expect(decide(replaced, { known: [known('a')] }).wanted).toEqual(['today']);
  });

  test('a short list of which nothing is known: all of it is new', () => {
    expect(decide([entry('latest')], { known: [known('before')] }).wanted).toEqual(['latest']);
  });

  test('a list that was empty: all of it is new', () => {
    expect(decide(['1', '2', '3', '4', '5'].map((name) => entry(name)))).toMatchObject({
      wanted: ['1', '2', '3', '4', '5'],
    });
  });

  test('a video before the wished day: is not taken', () => {
    const since = { since: '2026-11-30', filter: { include: [], exclude: [] }, lastCheckAt: null };
    expect(decide([entry('b', 30), entry('a', 1)], { list: since }).wanted).toEqual(['a']);
  });
});

describe('announced videos', () => {
  test('a premiere, a live one, and one dated in the future: wait', () => {
    const list = [entry('premiere', undefined, { isUpcoming: true }), entry('future', -2), entry('there', 1)];
    expect(decide(list, { known: [known('x')] })).toMatchObject({ wanted: ['there'], waiting: ['premiere', 'future'] });
  });

  test('one that is there now: is taken, also when others are older', () => {
    const list = [entry('newest', 1), entry('released', 30)];
    expect(decide(list, { known: [known('released', 'upcoming'), known('newest')] }).wanted).toEqual(['released']);
  });

  test('one that was withdrawn: is forgotten', () => {
    expect(decide([entry('a')], { known: [known('a'), known('b', 'upcoming')] }).forgotten).toEqual(['b']);
  });
});

describe('videos for which there was no room', () => {
  test('are taken before what is new, also when the list does not have them any more', () => {
    const before = [known('a', 'refused'), known('b', 'refused'), known('known')];
    expect(decide([entry('c', 1), entry('b', 2), entry('known', 3)], { known: before }).wanted).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('one with another address now: is taken once, and its former address forgotten', () => {
    const moved = [entry('new', 1, { sourceId: 'S:1' })];
    const decided = decide(moved, { known: [known('old', 'refused', 'S:1')] });
    expect(decided).toMatchObject({ wanted: ['new'], forgotten: ['old'] });
  });
});
