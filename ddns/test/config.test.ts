import { ConfigError, loadConfig } from '@linkcast/kit';
import { keyDigestsSetting } from '@linkcast/testing';
import { expect, test } from 'vitest';
import { DdnsConfig } from '../src/config.ts';
import { CLOUDFLARE_TOKEN } from './providers/provider-fixture.ts';

const generated = { KEY_DIGESTS: keyDigestsSetting(), INSTALLATION_MARK: '0'.repeat(32) };
const base = { ...generated, DOMAIN_NAME: 'home.example.org' };

function faultsOf(settings: Record<string, string>): readonly string[] {
  try {
    loadConfig(DdnsConfig, { ...base, ...settings });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test('only the name and the generated settings: give the defaults', () => {
  const config = loadConfig(DdnsConfig, base);
  expect(config).toMatchObject({ DDNS_PROVIDER: 'off', DDNS_TTL: 300, DDNS_IPV6: 'auto', PORT: 5001, DNS_SERVERS: [] });
  expect(config.DDNS_SOURCES.length).toBeGreaterThanOrEqual(4);
});

test.each([
  ['ionos', ['IONOS_TOKEN: is needed for DDNS_PROVIDER=ionos, or IONOS_UPDATE_URL']],
  ['cloudflare', ['CLOUDFLARE_TOKEN: is needed for DDNS_PROVIDER=cloudflare']],
  [
    'dyndns2',
    ['DYNDNS2_SERVER', 'DYNDNS2_USER', 'DYNDNS2_PASSWORD'].map((n) => `${n}: is needed for DDNS_PROVIDER=dyndns2`),
  ],
  ['url', ['DDNS_UPDATE_URL: is needed for DDNS_PROVIDER=url']],
  [
    'duckdns',
    [
      'DUCKDNS_TOKEN: is needed for DDNS_PROVIDER=duckdns',
      'DOMAIN_NAME: must end with .duckdns.org for DDNS_PROVIDER=duckdns',
    ],
  ],
])('DDNS_PROVIDER=%s without its settings: is refused', (provider, faults) => {
  expect(faultsOf({ DDNS_PROVIDER: provider })).toEqual(faults);
});

test('several faults: are listed at once, without the values', () => {
  const faults = faultsOf({
    DDNS_PROVIDER: 'cloudflare',
    DDNS_SCHEDULE: 'never',
    DDNS_TTL: '5',
    DNS_SERVERS: 'dns.example',
  });
  expect(faults.map((fault) => fault.split(':')[0]).toSorted()).toEqual([
    'CLOUDFLARE_TOKEN',
    'DDNS_SCHEDULE',
    'DDNS_TTL',
    'DNS_SERVERS',
  ]);
});

test('a provider without a name: is refused', () => {
  expect(faultsOf({ DOMAIN_NAME: '', DDNS_PROVIDER: 'cloudflare', CLOUDFLARE_TOKEN }).toSorted()).toEqual([
    'DDNS_PROVIDER: needs DOMAIN_NAME: which name is to be kept?',
    'DOMAIN_NAME: is needed: the public name of the site',
  ]);
});

test.each([
  { IONOS_UPDATE_URL: 'http://ipv4.api.hosting.ionos.com/dns/v1/dyndns?q=x' },
  { DYNDNS2_SERVER: 'http://dynupdate.no-ip.com' },
  { DDNS_UPDATE_URL: 'http://dns.example/?key=x' },
  { DDNS_SOURCES: 'http://ip.example' },
  { DDNS_ALLOW_RANGES: '10.0.0.0' },
  { ROUTER_ADDRESS: 'router' },
])('the setting %o: is refused', (settings) => {
  expect(faultsOf(settings)).toHaveLength(1);
});
