import { expect, test } from 'vitest';
import { relyingPartyOf } from '../../../src/access/passkeys/relying-party.ts';

const PORTS = { HTTP_PORT: 8080, HTTPS_PORT: 4433 };

test.each([
  ['nothing', {}, 'localhost', ['http://localhost:8080', 'https://localhost', 'https://localhost:4433']],
  ['a name', { DOMAIN_NAME: 'media.test' }, 'media.test', ['https://media.test', 'https://media.test:4433']],
  [
    'a name and a port',
    { DOMAIN_NAME: 'media.test', SITE_URL: 'https://media.test:8443/' },
    'media.test',
    ['https://media.test:8443', 'https://media.test', 'https://media.test:4433'],
  ],
  [
    'an address of the network',
    { SITE_URL: 'http://192.0.2.7:8080' },
    'localhost',
    ['https://localhost', 'https://localhost:4433', 'http://localhost:8080'],
  ],
  [
    'another name in SITE_URL',
    { DOMAIN_NAME: 'media.test', SITE_URL: 'https://evil.test' },
    'media.test',
    ['https://media.test', 'https://media.test:4433'],
  ],
])('with %s: passkeys belong to that host name, and to the ports of the site', (_, settings, id, origins) => {
  expect(relyingPartyOf({ ...PORTS, ...settings })).toEqual({ id, origins });
});

test('with the default port in the settings: the origin has none', () => {
  expect(relyingPartyOf({ HTTP_PORT: 80, HTTPS_PORT: 443 }).origins).toEqual(['http://localhost', 'https://localhost']);
});
