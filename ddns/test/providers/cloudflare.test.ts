import { createCloudflareStandIn, createDnsServer, type DnsServer, type ProviderServer } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import { CLOUDFLARE_TOKEN, createDeps, inShort, NAME, signal, ZONE } from './provider-fixture.ts';

const IPV4 = '8.8.4.4';
const IPV6 = '2600::1';
const both = { ipv4: IPV4, ipv6: IPV6 };
const CHALLENGE = `_acme-challenge.${NAME}`;
const VALUE = 'x'.repeat(43);

let dns: DnsServer;
const open: ProviderServer[] = [];

beforeEach(async () => {
  dns = await createDnsServer({ zones: [ZONE] });
});
afterEach(async () => {
  await Promise.all([dns.close(), ...open.splice(0).map((server) => server.close())]);
});

describe('Cloudflare', () => {
  const openCloudflare = async () => {
    const server = await createCloudflareStandIn({ zone: ZONE, token: CLOUDFLARE_TOKEN, dns });
    open.push(server);
    const settings = { CLOUDFLARE_TOKEN, CLOUDFLARE_API_ROOT: server.apiRoot };
    return { server, provider: providers.cloudflare.create(settings, createDeps()) };
  };
  const records = '/client/v4/zones/0123456789abcdef0123456789abcdef/dns_records';

  test('a name without records: gets both in its zone', async () => {
    const { server, provider } = await openCloudflare();
    await provider.write(NAME, both, signal);
    expect(server.requests.map(inShort)).toEqual([
      ['GET /client/v4/zones?name=home.linkcast.test'],
      ['GET /client/v4/zones?name=linkcast.test'],
      [`GET ${records}?type=A&name=home.linkcast.test`],
      [`POST ${records}`, { type: 'A', name: NAME, content: IPV4, ttl: 300 }],
      [`GET ${records}?type=AAAA&name=home.linkcast.test`],
      [`POST ${records}`, { type: 'AAAA', name: NAME, content: IPV6, ttl: 300 }],
    ]);
    expect(server.requests[0]?.headers['authorization']).toBe(`Bearer ${CLOUDFLARE_TOKEN}`);
  });

  test('a proxied record: keeps its proxy and TTL, and is reported as proxied', async () => {
    const { server, provider } = await openCloudflare();
    const { id } = server.book.add({ name: NAME, type: 'A', content: '1.1.1.1', ttl: 1, proxied: true });
    const report = await provider.write(NAME, { ipv4: IPV4, ipv6: undefined }, signal);
    expect(report).toEqual({ isProxied: true });
    expect(inShort(server.requests.at(-1) ?? expect.fail())).toEqual([`PATCH ${records}/${id}`, { content: IPV4 }]);
    expect(server.book.get(id)).toMatchObject({ content: IPV4, ttl: 1, proxied: true });
  });

  test('a challenge record: is set and removed', async () => {
    const { provider } = await openCloudflare();
    await provider.texts?.set(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual([VALUE]);
    await provider.texts?.remove(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual([]);
  });

  test('a name in no zone of the account: is a permanent fault', async () => {
    const { provider } = await openCloudflare();
    const written = provider.write('home.elsewhere.test', both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('no domain');
  });
});
