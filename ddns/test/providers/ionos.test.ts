import { createDnsServer, createIonosStandIn, type DnsServer, type ProviderServer } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import { createDeps, inShort, IONOS_KEY, NAME, signal, ZONE } from './provider-fixture.ts';

const IPV4 = '8.8.4.4';
const IPV6 = '2600::1';
const both = { ipv4: IPV4, ipv6: IPV6 };
const IONOS_ZONE = '/dns/v1/zones/11111111-2222-3333-4444-555555555555';
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

async function openIonos(options: { hasZones?: boolean } = {}) {
  const server = await createIonosStandIn({ zone: ZONE, name: NAME, key: IONOS_KEY, dns, ...options });
  open.push(server);
  return server;
}

describe('IONOS', () => {
  const settings = (apiRoot: string) => ({ IONOS_TOKEN: IONOS_KEY, IONOS_API_ROOT: apiRoot });

  test('a name without records: gets both', async () => {
    const server = await openIonos();
    const report = await providers.ionos.create(settings(server.apiRoot), createDeps()).write(NAME, both, signal);
    expect(report).toEqual({ isProxied: false });
    expect(server.requests.map(inShort)).toEqual([
      ['GET /dns/v1/zones'],
      [`GET ${IONOS_ZONE}?suffix=home.linkcast.test&recordType=A`],
      [`POST ${IONOS_ZONE}/records`, [{ name: NAME, type: 'A', content: IPV4, ttl: 300, disabled: false }]],
      [`GET ${IONOS_ZONE}?suffix=home.linkcast.test&recordType=AAAA`],
      [`POST ${IONOS_ZONE}/records`, [{ name: NAME, type: 'AAAA', content: IPV6, ttl: 300, disabled: false }]],
    ]);
    expect(server.requests.every(({ headers }) => headers['x-api-key'] === IONOS_KEY)).toBe(true);
    expect([dns.values(NAME, 'A'), dns.values(NAME, 'AAAA')]).toEqual([[IPV4], [IPV6]]);
  });

  test('a record with another address: is changed, and a record below the name is not', async () => {
    const server = await openIonos();
    server.book.add({ name: `www.${NAME}`, type: 'A', content: '1.1.1.1', ttl: 60, proxied: false });
    const { id } = server.book.add({ name: NAME, type: 'A', content: '9.9.9.10', ttl: 60, proxied: false });
    await providers.ionos
      .create(settings(server.apiRoot), createDeps())
      .write(NAME, { ...both, ipv6: undefined }, signal);
    expect(inShort(server.requests.at(-1) ?? expect.fail())).toEqual([
      `PUT ${IONOS_ZONE}/records/${id}`,
      { content: IPV4, ttl: 300, disabled: false },
    ]);
    expect(dns.values(`www.${NAME}`, 'A')).toEqual(['1.1.1.1']);
  });

  test('a right record: is not written', async () => {
    const server = await openIonos();
    server.book.add({ name: NAME, type: 'A', content: IPV4, ttl: 60, proxied: false });
    await providers.ionos
      .create(settings(server.apiRoot), createDeps())
      .write(NAME, { ...both, ipv6: undefined }, signal);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('several records of one type: are a permanent fault, and none is changed', async () => {
    const server = await openIonos();
    for (const content of ['1.1.1.1', '1.0.0.1'])
      server.book.add({ name: NAME, type: 'A', content, ttl: 60, proxied: false });
    const written = providers.ionos.create(settings(server.apiRoot), createDeps()).write(NAME, both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('several A');
    expect(dns.values(NAME, 'A')).toEqual(['1.1.1.1', '1.0.0.1']);
  });

  test('a challenge record: is set once and removed, and other values stay', async () => {
    const server = await openIonos();
    const { texts } = providers.ionos.create(settings(server.apiRoot), createDeps());
    server.book.add({ name: CHALLENGE, type: 'TXT', content: 'another-value', ttl: 60, proxied: false });
    await texts?.set(CHALLENGE, VALUE, signal);
    await texts?.set(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual(['another-value', VALUE]);
    await texts?.remove(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual(['another-value']);
  });

  test('a key without access to the DNS API: requests an update URL once, stores it and uses it', async () => {
    const server = await openIonos({ hasZones: false });
    const notes = new Map<string, string>();
    const provider = providers.ionos.create(settings(server.apiRoot), createDeps(notes));
    await provider.write(NAME, both, signal);
    await provider.write(NAME, { ipv4: IPV4, ipv6: undefined }, signal);
    expect(server.requests.map(inShort)).toEqual([
      ['GET /dns/v1/zones'],
      ['POST /dns/v1/dyndns', { domains: [NAME], description: 'Linkcast' }],
      ['GET /dns/v1/dyndns?q=dXBkYXRlLWtleS1vZi10aGUtc3RhbmQtaW4&ipv4=8.8.4.4&ipv6=2600%3A%3A1'],
      ['GET /dns/v1/zones'],
      ['GET /dns/v1/dyndns?q=dXBkYXRlLWtleS1vZi10aGUtc3RhbmQtaW4'],
    ]);
    expect([...notes.values()]).toEqual([server.updateUrl]);
  });

  test('an update URL without a key: updates the name', async () => {
    const server = await openIonos();
    const provider = providers.ionos.create({ IONOS_UPDATE_URL: server.updateUrl }, createDeps());
    await provider.write(NAME, both, signal);
    expect(dns.values(NAME, 'AAAA')).toEqual([IPV6]);
    expect(provider.texts).toBeUndefined();
  });

  test('a wrong key without an update URL: is a permanent fault', async () => {
    const server = await openIonos();
    const wrong = { ...settings(server.apiRoot), IONOS_TOKEN: 'publicprefix.wrong' };
    const written = providers.ionos.create(wrong, createDeps()).write(NAME, both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('IONOS_TOKEN');
  });
});
