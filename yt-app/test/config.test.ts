import { ConfigError, findKeyHolder, loadConfig } from '@linkcast/kit';
import { keyDigestsSetting, testKeys } from '@linkcast/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { acceptedKeys, YtAppConfig } from '../src/config.ts';
import { marksSettings, sponsorBlockServer } from '../src/marks-settings.ts';

const API_TOKEN = 'another-token-of-the-owner';
const EGRESS_KEY = 'a-key-of-the-egress-proxy-for-tests';
const COOKIE_KEY = 'a-key-of-the-cookies-for-tests';

function faultsOf(settings: Record<string, string>): readonly string[] {
  try {
    loadConfig(YtAppConfig, { EGRESS_KEY, COOKIE_KEY, ...settings });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test.each([
  ['API_TOKEN alone', { API_TOKEN }, API_TOKEN],
  ['API_TOKEN beside the digests of the parts', { API_TOKEN, KEY_DIGESTS: keyDigestsSetting('owner') }, API_TOKEN],
  ['the digest of the owner', { KEY_DIGESTS: keyDigestsSetting() }, testKeys.owner],
])('%s: accepts the key of the owner, and the settings contain no key', (_, settings, key) => {
  const config = loadConfig(YtAppConfig, { EGRESS_KEY, COOKIE_KEY, ...settings });
  expect(findKeyHolder(acceptedKeys(config), key)).toBe('owner');
  expect(findKeyHolder(acceptedKeys(config), 'unknown')).toBeUndefined();
  expect(JSON.stringify(Object.values(config))).not.toContain(key);
});

test.each([
  ['no key of the owner', {}, /^API_TOKEN: is needed/],
  ['digests without the owner', { KEY_DIGESTS: keyDigestsSetting('owner') }, /^API_TOKEN: is needed/],
  ['the token and the digest', { API_TOKEN, KEY_DIGESTS: keyDigestsSetting() }, /^API_TOKEN: and .* both set/],
  ['a short token', { API_TOKEN: 'short' }, /^API_TOKEN: must be at least 24/],
  ['digests that are none', { KEY_DIGESTS: 'owner' }, /^KEY_DIGESTS: must be/],
])('%s: is reported as one fault', (_, settings, fault) => {
  expect(faultsOf(settings)).toEqual([expect.stringMatching(fault)]);
});

test('a short token and a bad port: are reported as two faults', () => {
  expect(faultsOf({ API_TOKEN: 'short', PORT: 'x' })).toHaveLength(2);
});

test('SPONSORBLOCK: no server is asked unless it is on; the address has no slash at its end', () => {
  const server = (settings: object) => sponsorBlockServer(z.object(marksSettings).parse(settings));
  expect(server({})).toBeUndefined();
  expect(server({ SPONSORBLOCK_API: 'https://mirror.example' })).toBeUndefined();
  expect(server({ SPONSORBLOCK: 'on' })).toBe('https://sponsor.ajay.app');
  expect(server({ SPONSORBLOCK: 'on', SPONSORBLOCK_API: 'https://mirror.example/' })).toBe('https://mirror.example');
  expect(() => server({ SPONSORBLOCK: 'on', SPONSORBLOCK_API: 'file:///etc/passwd' })).toThrow();
});
