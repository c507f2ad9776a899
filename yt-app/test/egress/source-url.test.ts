import { isProblem } from '@linkcast/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOf, parseSourceUrl, portOf, sourceKey } from '../../src/egress/source-url.ts';

const ALLOWED = ['127.0.0.1:9000', 'nas.lan:5001', '[::1]:9000', 'media.example.org:1234'];

/** The code of the problem that a text gives, or the URL it becomes. */
function outcomeOf(text: string): string {
  try {
    return parseSourceUrl(text, ALLOWED).href;
  } catch (error) {
    if (isProblem(error)) return error.code;
    throw error;
  }
}

describe('parseSourceUrl', () => {
  it.each([
    ['https://example.com/watch?v=1#t=3', 'https://example.com/watch?v=1#t=3'],
    ['  HTTP://EXAMPLE.com:80/a  ', 'http://example.com/a'],
    ['https://example.com:8443/', 'https://example.com:8443/'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['http://8.8.8.8/video.mp4', 'http://8.8.8.8/video.mp4'],
    ['http://[2606:4700:4700::1111]/', 'http://[2606:4700:4700::1111]/'],
    [`http://${'a'.repeat(63)}.example./`, `http://${'a'.repeat(63)}.example./`],
    [`http://${'abcd.'.repeat(50)}org/`, `http://${'abcd.'.repeat(50)}org/`],
    ['http://under_score.example.com/', 'http://under_score.example.com/'],
  ])('%j: is accepted', (text, href) => {
    expect(outcomeOf(text)).toBe(href);
  });

  it.each([
    ...[
      '',
      ' ',
      'hello',
      'example.com',
      '//example.com',
      'http://',
      'https://?',
      'http:example.com',
      'http:\\\\example.com',
    ],
    ...[
      'ftp://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'ytsearch:cats',
      'blob:x',
    ],
    ...['-http://example.com', '--exec=id', '--batch-file=/etc/passwd', '-', 'http://-\u0000', 'http://exa mple.com/'],
    ...['http://user@example.com/', 'http://user:pass@example.com/', 'http://:pass@example.com/'],
    ...[
      'http://example.com/\r\nX: y',
      'http://example.com/\u0000',
      'http://example.com/a\tb',
      'http://example.com/\u202e4pm',
    ],
    ...['http://example.com:99999/', 'http://1.2.3.4.5.6/', 'http://[::1', 'http://256.256.256.256/'],
    ...['http://a..example/', 'http://.example.com/', 'http://example.com../', 'http://../', 'http://a.b..c:8080/'],
    ...[`http://${'a'.repeat(64)}.example/`, `http://${'abc.'.repeat(63)}example/`],
    `https://example.com/${'a'.repeat(2048)}`,
    'x'.repeat(100_000),
  ])('%j: is refused as an invalid URL', (text) => {
    expect(outcomeOf(text)).toBe('invalid-url');
  });

  it.each([
    ...[
      'http://127.0.0.1/',
      'http://127.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://0177.0.0.1/',
      'http://0/',
    ],
    ...[
      'http://0x7f000001/',
      'http://017700000001/',
      'http://１２７.０.０.１/',
      'http://%31%32%37.0.0.1/',
      'http://127.0.0.1./',
    ],
    ...[
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
      'http://[64:ff9b::7f00:1]/',
      'http://[::]/',
    ],
    ...['http://10.0.0.1/', 'http://192.168.1.1/', 'http://172.16.0.1/', 'http://169.254.169.254/latest/meta-data/'],
    ...['http://[fe80::1]/', 'http://[fd00::1]/', 'http://[2002:7f00:1::]/', 'http://100.64.0.1/', 'http://224.0.0.1/'],
    ...[
      'http://localhost/',
      'http://LOCALHOST./',
      'http://a.localhost/',
      'http://nas.local/',
      'http://router.home.arpa/',
    ],
    ...['http://metadata.google.internal/', 'http://icecast:8000/', 'http://yt-app/', 'http://fritz.lan/'],
    ...['http://example.com:22/', 'http://example.com:5432/', 'https://example.com:9000/', 'http://example.com:8000/'],
  ])('%s: is forbidden', (text) => {
    expect(outcomeOf(text)).toBe('source-forbidden');
  });

  it.each([
    'http://127.0.0.1:9000/a',
    'http://2130706433:9000/',
    'http://NAS.lan:5001/',
    'https://[0:0::1]:9000/',
    'http://media.example.org:1234/',
  ])('%s: is allowed by the setting of the owner', (text) => {
    expect(outcomeOf(text)).toMatch(/^https?:/);
  });

  it.each([
    'http://127.0.0.1:9001/',
    'http://127.0.0.1/',
    'http://nas.lan/',
    'http://nas.lan.evil:5001/',
    'http://localhost:9000/',
  ])('%s: is forbidden, as the setting of the owner does not match', (text) => {
    expect(outcomeOf(text)).toBe('source-forbidden');
  });

  it('a forbidden link: is refused with the host it leads to', () => {
    expect(() => parseSourceUrl('http://0x7f.1/x', [])).toThrow(
      expect.objectContaining({ code: 'source-forbidden', facts: { host: '127.0.0.1' } }),
    );
  });

  it('any text: becomes a URL or one of two problems', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((tail) => `http://${tail}`),
        ),
        (text) => {
          expect(outcomeOf(text)).toMatch(/^(?:https?:\/\/|invalid-url$|source-forbidden$)/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('portOf', () => {
  it.each([
    ['http://a.example/', 80],
    ['https://a.example/', 443],
    ['https://a.example:8443/', 8443],
  ])('%s: has the port %i', (text, port) => {
    expect(portOf(new URL(text))).toBe(port);
  });
});

describe('sourceKey', () => {
  const key = (text: string) => sourceKey(new URL(text));

  it.each([
    'https://example.com/watch?v=1&a=2',
    'http://example.com/watch?v=1&a=2',
    'https://EXAMPLE.com./watch?a=2&v=1',
    'https://example.com:443/watch?a=2&v=1#comments',
    'https://example.com/watch?utm_source=x&v=1&fbclid=abc&a=2&si=share&UTM_medium=y&igsh=1',
  ])('%s: has the same key as the plain link', (text) => {
    expect(key(text)).toBe('https://example.com/watch?a=2&v=1');
  });

  it.each([
    'https://example.com/watch?v=2&a=2',
    'https://example.com/Watch?v=1&a=2',
    'https://example.com:8443/watch?v=1&a=2',
  ])('%s: has another key', (text) => {
    expect(key(text)).not.toBe('https://example.com/watch?a=2&v=1');
  });

  it('a fragment that is a route: is part of the key', () => {
    expect(key('https://example.com/#/watch/1')).not.toBe(key('https://example.com/#/watch/2'));
  });

  it('a key as input: has itself as its key', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        expect(key(key(text))).toBe(key(text));
      }),
    );
  });
});

describe('hostOf', () => {
  it.each([
    ['https://example.com/1', 'example.com'],
    ['http://WWW.Example.com:8080/1', 'example.com'],
    ['https://www.example.com./1', 'example.com'],
    ['https://m.example.com/1', 'm.example.com'],
    ['http://[::1]:9000/1', '[::1]'],
  ])('%s: is %s', (url, host) => {
    expect(hostOf(new URL(url))).toBe(host);
  });
});
