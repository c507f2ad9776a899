import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemNames, safeName } from '../../../src/worker/delivery/item-names.ts';
import { movieNfo } from '../../../src/worker/delivery/nfo.ts';

const ID = 'aaaaaaaaaaaaaaaaaaab';
const item = { mediaId: ID, title: 'A film', uploader: 'Somebody', createdAt: '2026-11-30T10:00:00.000Z' };

test('names of an item: as media servers read them, or plain', () => {
  const stem = `A film (2026) [${ID}]`;
  expect(itemNames(item, 'media-server')).toEqual({ folder: `Somebody/${stem}`, stem });
  expect(itemNames(item, 'plain')).toEqual({ folder: '', stem: `A film [${ID}]` });
  expect(itemNames({ ...item, title: '...', uploader: null }, 'media-server').folder).toMatch(/^Unknown\/Untitled /);
});

test.each([
  ['../../etc/passwd', 'etc passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['a/b:c*d?e"f<g>h|i', 'a b c d e f g h i'],
  ['a\0b\r\nDELE c\x1b[31m', 'a b DELE c [31m'],
  ['right\u202eto left\u200b', 'right to left'],
  ['.hidden. ', 'hidden'],
  ['CON', 'CON_'],
  ['nul.txt', 'nul_.txt'],
  ['Concert', 'Concert'],
  ['  ..  ', undefined],
  ['Ça va – 日本語 👩‍👧', 'Ça va – 日本語 👩‍👧'],
  ['\ud800lonely', '\ufffdlonely'],
])('the name of %j: is %j', (text, name) => {
  expect(safeName(text)).toBe(name);
});

test('a title of 4 kB, also of emoji: fits into a name of 255 bytes with everything behind it, and no sign is cut', () => {
  for (const sign of ['x', 'ä', '日', '👩‍👧', '👍🏽']) {
    const { stem } = itemNames({ ...item, title: sign.repeat(4096) }, 'media-server');
    expect(Buffer.byteLength(`${stem}-poster.jpg.part`)).toBeLessThanOrEqual(255);
    expect(stem.replace(` (2026) [${ID}]`, '').replaceAll(sign, '')).toBe('');
  }
});

test('any name: is one name, visible, without a way out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = safeName(text);
      if (name === undefined) return;
      expect(name).not.toMatch(/[/\\\p{Cc}]|^\.|\.$|^ | $/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(safeName(name)).toBe(name);
    }),
  );
});

test('the NFO of a hostile title: is XML with that title as text', () => {
  const title = '</title><script>&"\u0000\u0008]]>';
  const xml = movieNfo({
    ...item,
    title,
    type: 'video',
    durationSeconds: 90,
    video: null,
    audio: null,
    hasFile: false,
    hasPoster: false,
  });
  expect(xml).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp;&quot;]]&gt;</title>');
  expect(xml).toContain('<runtime>2</runtime>');
});
