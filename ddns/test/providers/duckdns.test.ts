import { createDnsServer, createDuckDnsStandIn, type DnsServer, type ProviderServer } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import { createDeps, DUCKDNS_TOKEN, inShort, signal, ZONE } from './provider-fixture.ts';

const IPV4 = '8.8.4.4';
const IPV6 = '2600::1';
const both = { ipv4: IPV4, ipv6: IPV6 };
const VALUE = 'x'.repeat(43);

let dns: DnsServer;
const open: ProviderServer[] = [];

beforeEach(async () => {
  dns = await createDnsServer({ zones: [ZONE] });
});
afterEach(async () => {
  await Promise.all([dns.close(), ...open.splice(0).map((server) => server.close())]);
});

describe('DuckDNS', () => {
  const duckName = 'linkcast.duckdns.org';
  const openDuck = async (token = DUCKDNS_TOKEN) => {
    const server = await createDuckDnsStandIn({ subname: 'linkcast', token: DUCKDNS_TOKEN, dns });
    open.push(server);
    const settings = { DUCKDNS_TOKEN: token, DUCKDNS_API_ROOT: server.url };
    return { server, provider: providers.duckdns.create(settings, createDeps()) };
  };

  test('both families: are updated by one request', async () => {
    const { server, provider } = await openDuck();
    await provider.write(duckName, both, signal);
    const query = `domains=linkcast&token=${DUCKDNS_TOKEN}&ip=8.8.4.4&ipv6=2600%3A%3A1&verbose=true`;
    expect(server.requests.map(inShort)).toEqual([[`GET /update?${query}`]]);
    expect([dns.values(duckName, 'A'), dns.values(duckName, 'AAAA')]).toEqual([[IPV4], [IPV6]]);
  });

  test('a challenge record: is set and cleared, and the addresses stay', async () => {
    const { provider } = await openDuck();
    await provider.write(duckName, both, signal);
    await provider.texts?.set(`_acme-challenge.${duckName}`, VALUE, signal);
    expect(dns.values(`_acme-challenge.${duckName}`, 'TXT')).toEqual([VALUE]);
    await provider.texts?.remove(`_acme-challenge.${duckName}`, VALUE, signal);
    expect([dns.values(`_acme-challenge.${duckName}`, 'TXT'), dns.values(duckName, 'A')]).toEqual([[], [IPV4]]);
  });

  test('the answer KO: is a permanent fault without the token in its sentence', async () => {
    const { provider } = await openDuck('wrong-token-of-duckdns');
    const error: unknown = await provider.write(duckName, both, signal).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'permanent' });
    expect(String(error)).not.toContain('wrong-token');
  });
});
