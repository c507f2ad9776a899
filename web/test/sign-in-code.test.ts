import { expect, test } from 'vitest';
import { readHandover } from '../src/data/handover.ts';
import { withSharedLinks } from '../src/data/shared-api.ts';
import { caretBehind, formatSignInCode, isSignInCode } from '../src/format/sign-in-code.ts';
import { aMedia, mediaId } from './support/canned.ts';

test.each([
  ['', ''],
  ['ABCD', 'abcd'],
  ['abcde', 'abcd-e'],
  ['abcd-', 'abcd'],
  [' abcd efgh jkmn ', 'abcd-efgh-jkmn'],
  ['abcdefghjkmnpqrs', 'abcd-efgh-jkmn'],
  ['https://home.test/sign-in#abcd-efgh-jkmn', 'abcd-efgh-jkmn'],
])('a code typed as "%s" becomes "%s"', (typed, code) => expect(formatSignInCode(typed)).toBe(code));

test.each([
  ['', 0],
  ['abcd', 4],
  ['abcde', 6],
  ['abcd-efghj', 11],
])('the caret behind "%s" stands at %d', (before, caret) => expect(caretBehind(before)).toBe(caret));

test('a code with letters that are easily mistaken, is none', () => {
  expect(isSignInCode('abcd-efgh-jkmn')).toBe(true);
  expect(isSignInCode('abcd-efgh-jkm0')).toBe(false);
  expect(isSignInCode('abcd-efgh')).toBe(false);
});

test.each([
  ['/sign-in', '#abcd-efgh-jkmn', { code: 'abcd-efgh-jkmn' }],
  ['/sign-in', '', undefined],
  ['/sign-in', '#content', undefined],
  ['/watch/x', '#abcd-efgh-jkmn', undefined],
  ['/', '#content', undefined],
  ['/radio', '#tgWebAppData=user%3D%257B%257D%26hash%3Dab&tgWebAppVersion=8.0', { initData: 'user=%7B%7D&hash=ab' }],
  ['/', '#tgWebAppData=&tgWebAppVersion=8.0', undefined],
])('the address %s%s hands over %j', (pathname, hash, handover) => {
  expect(readHandover({ pathname, hash })).toEqual(handover);
});

test('an item that was shared, has its files below the share and no other path', () => {
  const id = mediaId('film');
  const item = aMedia({ id, type: 'audio', poster: `/media/${id}/poster.jpg` });
  expect(withSharedLinks(item, 't')).toMatchObject({
    poster: '/s/t/poster.jpg',
    links: { page: '/s/t/', hls: '/s/t/index.m3u8', file: '/s/t/audio.mp3' },
  });
  expect(withSharedLinks({ ...item, poster: '/media/another/poster.jpg' }, 't').poster).toBeNull();
});
