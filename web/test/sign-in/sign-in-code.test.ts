import { expect, test } from 'vitest';
import { caretBehind, formatSignInCode, isSignInCode } from '../../src/sign-in/sign-in-code.ts';

test.each([
  ['', ''],
  ['ABCD', 'abcd'],
  ['abcde', 'abcd-e'],
  ['abcd-', 'abcd'],
  [' abcd efgh jkmn ', 'abcd-efgh-jkmn'],
  ['abcdefghjkmnpqrs', 'abcd-efgh-jkmn'],
  ['https://home.test/sign-in#abcd-efgh-jkmn', 'abcd-efgh-jkmn'],
])('the input "%s": is formatted as "%s"', (typed, code) => expect(formatSignInCode(typed)).toBe(code));

test.each([
  ['', 0],
  ['abcd', 4],
  ['abcde', 6],
  ['abcd-efghj', 11],
])('the caret after "%s": is at %d', (before, caret) => expect(caretBehind(before)).toBe(caret));

test('a code of the wrong length, or with an ambiguous character: is invalid', () => {
  expect(isSignInCode('abcd-efgh-jkmn')).toBe(true);
  expect(isSignInCode('abcd-efgh-jkm0')).toBe(false);
  expect(isSignInCode('abcd-efgh')).toBe(false);
});
