import { describe, expect, it } from 'vitest';
import { isPossibleHost, judgeDestination } from '../../src/network/destination.ts';

describe('isPossibleHost', () => {
  it.each([
    ...[
      'example.com',
      'example.com.',
      'EXAMPLE.com',
      '127.0.0.1',
      '[::1]',
      '::1',
      'localhost',
      'a_b.example',
      'xn--bcher-kva.de',
    ],
    ...[`${'a'.repeat(63)}.example`, `${'abcd.'.repeat(50)}org`],
  ])('%s: is possible', (host) => {
    expect(isPossibleHost(host)).toBe(true);
  });

  it.each([
    ...[
      '',
      '.',
      '..',
      'a..b',
      '.example.com',
      'example.com..',
      `${'a'.repeat(64)}.example`,
      `${'abcd.'.repeat(50)}orgs`,
    ],
  ])('%j: is impossible', (host) => {
    expect(isPossibleHost(host)).toBe(false);
  });
});

describe('judgeDestination', () => {
  it.each([
    ['example.com', 443, 'open'],
    ['example.com', 22, 'forbidden'],
    ['8.8.8.8', 80, 'open'],
    ['[::ffff:10.0.0.1]', 80, 'forbidden'],
    ['nas.local', 80, 'forbidden'],
    ['NAS.local.', 5000, 'allowed'],
    ['nas.local', 5001, 'forbidden'],
  ])('%s, port %i: is %s', (host, port, verdict) => {
    expect(judgeDestination(host, port, ['nas.local:5000'])).toBe(verdict);
  });
});
