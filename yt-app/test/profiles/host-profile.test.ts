import type { Profile } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { inOrder, profileOf } from '../../src/profiles/host-profile.ts';
import { maskPasswords, unmaskPasswords } from '../../src/profiles/password-marks.ts';

const way = (name: string) =>
  ({ name, cookies: false, extractorArguments: {}, formats: 'any', requestGap: 0, attempts: 1 }) as const;
const profile = (...hosts: string[]): Profile => ({ hosts, ways: [way(hosts.join())] });
const PROFILES = [profile('*'), profile('example.org'), profile('media.example.org', 'example.net')];

test.each([
  ['example.org', 'example.org'],
  ['www.example.org', 'example.org'],
  ['media.example.org', 'media.example.org,example.net'],
  ['a.media.example.org', 'media.example.org,example.net'],
  ['notexample.org', '*'],
  ['example.org.evil.example', '*'],
])('the host %s: has the profile %s', (host, expected) => {
  expect(profileOf(PROFILES, host)?.ways[0]?.name).toBe(expected);
});

test('a host without a profile: has none', () => {
  expect(profileOf(PROFILES.slice(1), 'other.example')).toBeUndefined();
});

test('the way that worked: comes first; one that is not there any more changes nothing', () => {
  const ways = ['one', 'two', 'three'].map(way);
  expect(inOrder(ways, 'three').map(({ name }) => name)).toEqual(['three', 'one', 'two']);
  expect(inOrder(ways, 'deleted')).toEqual(ways);
});

test('a masked text: shows no password, and gets them back', () => {
  const text =
    'proxy: http://someone:s3cret@10.0.0.5:3128\n  - socks5://someone:other@[::1]:1080 # home\n  - http://free:80';
  const masked = maskPasswords(text);
  expect(masked).not.toMatch(/s3cret|other/);
  expect(unmaskPasswords(masked, text)).toBe(text);
});

test('a mark at another address: gets no password', () => {
  const earlier = 'http://someone:s3cret@10.0.0.5:3128';
  expect(unmaskPasswords('http://someone:•••@evil.example:3128', earlier)).toBe('http://someone:•••@evil.example:3128');
  expect(unmaskPasswords('http://else:•••@10.0.0.5:3128', earlier)).toBe('http://else:•••@10.0.0.5:3128');
});
