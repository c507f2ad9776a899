import { expect, test } from 'vitest';
import { hostOf, safeHref } from '../../src/format/safe-href.ts';

test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'no address'])(
  'the URL %s: is not linked',
  (url) => {
    expect(safeHref(url)).toBeUndefined();
  },
);

test('an https URL: is linked unchanged, and its host is shown without www', () => {
  expect(safeHref('https://www.example.com/a?b')).toBe('https://www.example.com/a?b');
  expect(hostOf('https://www.example.com/a?b')).toBe('example.com');
});
