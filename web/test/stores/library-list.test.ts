import { describe, expect, test } from 'vitest';
import {
  matchesQuery,
  withItem,
  withoutItem,
  withPage,
  type LibraryQuery,
} from '../../src/stores/library/library-list.ts';
import { aMedia, mediaId } from '../support/canned.ts';

const newest: LibraryQuery = { type: undefined, q: '', sort: 'newest' };
const item = (name: string, day: number, fields = {}) =>
  aMedia({
    id: mediaId(name),
    title: name,
    createdAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`,
    ...fields,
  });
const list = { items: [item('c', 20), item('a', 10)], nextCursor: null };
const titles = ({ items }: { items: readonly { title: string }[] }) => items.map(({ title }) => title);

describe('withItem', () => {
  test('a new item: is inserted at its position in the sort order', () => {
    expect(titles(withItem(list, item('d', 25), newest))).toEqual(['d', 'c', 'a']);
    expect(titles(withItem(list, item('b', 15), newest))).toEqual(['c', 'b', 'a']);
    expect(titles(withItem(list, item('b', 25), { ...newest, sort: 'title' }))).toEqual(['b', 'c', 'a']);
  });

  test('a listed item: is replaced at its position', () => {
    const renamed = { ...item('a', 10), title: 'renamed' };
    expect(titles(withItem(list, renamed, newest))).toEqual(['c', 'renamed']);
  });

  test('an item after the part read so far: is added only if the list is complete', () => {
    const cut = { ...list, nextCursor: 'more' };
    expect(titles(withItem(cut, item('old', 1), newest))).toEqual(['c', 'a']);
    expect(titles(withItem(list, item('old', 1), newest))).toEqual(['c', 'a', 'old']);
  });

  test('an item that does not match the query: is not added', () => {
    expect(withItem(list, item('x', 25, { type: 'audio' }), { ...newest, type: 'video' })).toBe(list);
    expect(withItem(list, item('x', 25), { ...newest, q: 'nothing like it' })).toBe(list);
  });
});

test('a query of several words: matches if each word is in the title or the uploader', () => {
  const film = item('Night Walk', 1, { uploader: 'Rambalac' });
  expect(matchesQuery(film, { ...newest, q: 'ramb night' })).toBe(true);
  expect(matchesQuery(film, { ...newest, q: 'night day' })).toBe(false);
});

test('a page with items already listed: adds each item once', () => {
  const page = { items: [item('a', 10), item('z', 5)], nextCursor: 'next' };
  expect(withPage(list, page)).toMatchObject({ nextCursor: 'next' });
  expect(titles(withPage(list, page))).toEqual(['c', 'a', 'z']);
});

test('withoutItem with a listed item: removes it', () => {
  expect(titles(withoutItem(list, mediaId('c')))).toEqual(['a']);
});
