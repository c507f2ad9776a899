import { expect, test } from 'vitest';
import { cookiesOf, parseCookies, writeCookies } from '../../src/cookies/cookie-file.ts';

const NOW = Date.parse('2026-12-01T00:00:00Z');
const LATER = NOW / 1000 + 86_400;
const BEFORE = NOW / 1000 - 1;

const line = (domain: string, name: string, expires = LATER): string =>
  [domain, domain.startsWith('.') ? 'TRUE' : 'FALSE', '/', 'TRUE', expires, name, `value-of-${name}`].join('\t');
const file = (...lines: string[]): string => ['# Netscape HTTP Cookie File', '', ...lines, ''].join('\n');

/** The names of the chosen cookies, or why there are none. */
function chosen(text: string, site?: string): unknown {
  const found = cookiesOf(text, site, NOW);
  return typeof found === 'string' ? found : found.cookies.map(({ name }) => name);
}

test('a file of one site: has its cookies, also with Windows line ends and those that scripts do not see', () => {
  const text = file(line('.site.example', 'a'), `#HttpOnly_${line('www.site.example', 'b', 0)}`).replaceAll(
    '\n',
    '\r\n',
  );
  expect(cookiesOf(text, undefined, NOW)).toMatchObject({
    site: 'site.example',
    expiresAt: LATER * 1000,
    cookies: [
      { domain: 'site.example', withSubdomains: true, isHttpOnly: false, expires: LATER, value: 'value-of-a' },
      { domain: 'www.site.example', withSubdomains: false, isHttpOnly: true, expires: 0 },
    ],
  });
});

test('what is written: is read as the same', () => {
  const cookies = parseCookies(file(line('.site.example', 'a'), `#HttpOnly_${line('www.site.example', 'b', 0)}`));
  expect(parseCookies(writeCookies(cookies))).toEqual(expect.arrayContaining(cookies));
});

test('a file of a whole browser: only the cookies of the named site are chosen, of names below and above it', () => {
  const text = file(
    line('.bank.example', 'bank'),
    line('.site.example', 'a'),
    line('m.site.example', 'b'),
    line('.notsite.example', 'c'),
  );
  expect(chosen(text)).toBe('several-sites');
  expect(chosen(text, 'site.example')).toEqual(['a', 'b']);
  expect(chosen(text, 'm.site.example')).toEqual(['a', 'b']);
  expect(chosen(text, 'other.example')).toBe('other-site');
});

test('cookies that have expired: are left out; all of them: are no cookies', () => {
  expect(chosen(file(line('.site.example', 'old', BEFORE), line('.site.example', 'new')))).toEqual(['new']);
  expect(chosen(file(line('.site.example', 'old', BEFORE)))).toBe('expired');
});

test('cookies of sessions: have no known end', () => {
  expect(cookiesOf(file(line('.site.example', 'a', 0)), undefined, NOW)).toMatchObject({ expiresAt: null });
});

test('the cookies of an address: are those of a site of that name', () => {
  expect(cookiesOf(file(line('127.0.0.1', 'a')), undefined, NOW)).toMatchObject({ site: '127.0.0.1' });
});

test.each([
  ['nothing', ''],
  ['a web page', '<!doctype html><title>Login</title>'],
  ['JSON', '[{"domain":".site.example","name":"a","value":"b"}]'],
  ['a line with too few fields', '.site.example\tTRUE\t/\tTRUE\t0\ta'],
  ['a line with spaces for tabs', line('.site.example', 'a').replaceAll('\t', ' ')],
  ['a flag that is none', line('.site.example', 'a').replace('TRUE', 'yes')],
  ['a domain of one label', line('com', 'a')],
  ['a control character', line('.site.example', 'a\u0001')],
  ['a time that is none', line('.site.example', 'a').replace(String(LATER), 'never')],
  ['a path that is none', line('.site.example', 'a').replace('/', 'C:')],
])('%s: is unreadable', (_name, text) => {
  expect(chosen(text)).toBe('unreadable');
});

test('more cookies than any site has: are refused', () => {
  expect(chosen(file(...Array.from({ length: 3001 }, (_none, index) => line('.site.example', `c${index}`))))).toBe(
    'too-many',
  );
});
