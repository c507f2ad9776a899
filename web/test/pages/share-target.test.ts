import { expect, test } from 'vitest';
import { readShareTarget } from '../../src/pages/share-target.ts';

test.each([
  ['the url field', { url: 'https://youtu.be/abc' }, 'https://youtu.be/abc'],
  ['words around the link', { text: 'Look: https://youtu.be/abc?t=3, great!' }, 'https://youtu.be/abc?t=3'],
  ['a link in brackets', { text: '(https://example.com/watch)' }, 'https://example.com/watch'],
  ['a link in the title', { title: 'Song https://example.com/s' }, 'https://example.com/s'],
  ['an empty url field and a text', { url: '', text: 'http://example.com/1' }, 'http://example.com/1'],
  ['markup around the link', { text: '<a href="https://example.com/x">' }, 'https://example.com/x'],
  ['no link at all', { text: 'hello' }, ''],
  ['nothing', {}, ''],
])('a query with %s: gives its first link, or an empty text', (_, shared, link) =>
  expect(readShareTarget(shared)).toBe(link),
);
