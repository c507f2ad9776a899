import {
  createCloudflareStandIn,
  createDnsServer,
  createDuckDnsStandIn,
  createDyndns2StandIn,
  createIonosStandIn,
  createUpdateUrlStandIn,
  type DnsServer,
  type ProviderServer,
} from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import {
  CLOUDFLARE_TOKEN,
  createDeps,
  DUCKDNS_TOKEN,
  DYNDNS2_PASSWORD,
  DYNDNS2_USER,
  inShort,
  IONOS_KEY,
  NAME,
  signal,
  UPDATE_KEY,
  ZONE,
} from './provider-fixture.ts';

const HOME4 = '8.8.4.4';
const HOME6 = '2600::1';
const both = { ipv4: HOME4, ipv6: HOME6 };
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

  test('a name without records, written, gets both records', async () => {
    const server = await openIonos();
    const report = await providers.ionos.create(settings(server.apiRoot), createDeps()).write(NAME, both, signal);
    expect(report).toEqual({ isProxied: false });
    expect(server.requests.map(inShort)).toEqual([
      ['GET /dns/v1/zones'],
      [`GET ${IONOS_ZONE}?suffix=home.linkcast.test&recordType=A`],
      [`POST ${IONOS_ZONE}/records`, [{ name: NAME, type: 'A', content: HOME4, ttl: 300, disabled: false }]],
      [`GET ${IONOS_ZONE}?suffix=home.linkcast.test&recordType=AAAA`],
      [`POST ${IONOS_ZONE}/records`, [{ name: NAME, type: 'AAAA', content: HOME6, ttl: 300, disabled: false }]],
    ]);
    expect(server.requests.every(({ headers }) => headers['x-api-key'] === IONOS_KEY)).toBe(true);
    expect([dns.values(NAME, 'A'), dns.values(NAME, 'AAAA')]).toEqual([[HOME4], [HOME6]]);
  });

  test('a record with another address, written, is changed, and one below the name is left alone', async () => {
    const server = await openIonos();
    server.book.add({ name: `www.${NAME}`, type: 'A', content: '1.1.1.1', ttl: 60, proxied: false });
    const { id } = server.book.add({ name: NAME, type: 'A', content: '9.9.9.10', ttl: 60, proxied: false });
    await providers.ionos
      .create(settings(server.apiRoot), createDeps())
      .write(NAME, { ...both, ipv6: undefined }, signal);
    expect(inShort(server.requests.at(-1) ?? expect.fail())).toEqual([
      `PUT ${IONOS_ZONE}/records/${id}`,
      { content: HOME4, ttl: 300, disabled: false },
    ]);
    expect(dns.values(`www.${NAME}`, 'A')).toEqual(['1.1.1.1']);
  });

  test('a record that is right, written, is not touched', async () => {
    const server = await openIonos();
    server.book.add({ name: NAME, type: 'A', content: HOME4, ttl: 60, proxied: false });
    await providers.ionos
      .create(settings(server.apiRoot), createDeps())
      .write(NAME, { ...both, ipv6: undefined }, signal);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('several records of one type are refused for good, and none is changed', async () => {
    const server = await openIonos();
    for (const content of ['1.1.1.1', '1.0.0.1'])
      server.book.add({ name: NAME, type: 'A', content, ttl: 60, proxied: false });
    const written = providers.ionos.create(settings(server.apiRoot), createDeps()).write(NAME, both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('several A');
    expect(dns.values(NAME, 'A')).toEqual(['1.1.1.1', '1.0.0.1']);
  });

  test('a challenge record is set once and removed, others stay', async () => {
    const server = await openIonos();
    const { texts } = providers.ionos.create(settings(server.apiRoot), createDeps());
    server.book.add({ name: CHALLENGE, type: 'TXT', content: 'of-somebody-else', ttl: 60, proxied: false });
    await texts?.set(CHALLENGE, VALUE, signal);
    await texts?.set(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual(['of-somebody-else', VALUE]);
    await texts?.remove(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual(['of-somebody-else']);
  });

  test('a key that may not use the DNS API makes an update URL once, remembers it and uses it', async () => {
    const server = await openIonos({ hasZones: false });
    const notes = new Map<string, string>();
    const provider = providers.ionos.create(settings(server.apiRoot), createDeps(notes));
    await provider.write(NAME, both, signal);
    await provider.write(NAME, { ipv4: HOME4, ipv6: undefined }, signal);
    expect(server.requests.map(inShort)).toEqual([
      ['GET /dns/v1/zones'],
      ['POST /dns/v1/dyndns', { domains: [NAME], description: 'Linkcast' }],
      ['GET /dns/v1/dyndns?q=dXBkYXRlLWtleS1vZi10aGUtc3RhbmQtaW4&ipv4=8.8.4.4&ipv6=2600%3A%3A1'],
      ['GET /dns/v1/zones'],
      ['GET /dns/v1/dyndns?q=dXBkYXRlLWtleS1vZi10aGUtc3RhbmQtaW4'],
    ]);
    expect([...notes.values()]).toEqual([server.updateUrl]);
  });

  test("the ancestor's update URL alone, without a key, updates", async () => {
    const server = await openIonos();
    const provider = providers.ionos.create({ IONOS_UPDATE_URL: server.updateUrl }, createDeps());
    await provider.write(NAME, both, signal);
    expect(dns.values(NAME, 'AAAA')).toEqual([HOME6]);
    expect(provider.texts).toBeUndefined();
  });

  test('a wrong key without an update URL is refused for good', async () => {
    const server = await openIonos();
    const wrong = { ...settings(server.apiRoot), IONOS_TOKEN: 'publicprefix.wrong' };
    const written = providers.ionos.create(wrong, createDeps()).write(NAME, both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('IONOS_TOKEN');
  });
});

describe('Cloudflare', () => {
  const openCloudflare = async () => {
    const server = await createCloudflareStandIn({ zone: ZONE, token: CLOUDFLARE_TOKEN, dns });
    open.push(server);
    const settings = { CLOUDFLARE_TOKEN, CLOUDFLARE_API_ROOT: server.apiRoot };
    return { server, provider: providers.cloudflare.create(settings, createDeps()) };
  };
  const records = '/client/v4/zones/0123456789abcdef0123456789abcdef/dns_records';

  test('a name without records, written, gets them in the zone that it belongs to', async () => {
    const { server, provider } = await openCloudflare();
    await provider.write(NAME, both, signal);
    expect(server.requests.map(inShort)).toEqual([
      ['GET /client/v4/zones?name=home.linkcast.test'],
      ['GET /client/v4/zones?name=linkcast.test'],
      [`GET ${records}?type=A&name=home.linkcast.test`],
      [`POST ${records}`, { type: 'A', name: NAME, content: HOME4, ttl: 300 }],
      [`GET ${records}?type=AAAA&name=home.linkcast.test`],
      [`POST ${records}`, { type: 'AAAA', name: NAME, content: HOME6, ttl: 300 }],
    ]);
    expect(server.requests[0]?.headers['authorization']).toBe(`Bearer ${CLOUDFLARE_TOKEN}`);
  });

  test('a proxied record, written, keeps its proxy and its ttl, and is reported', async () => {
    const { server, provider } = await openCloudflare();
    const { id } = server.book.add({ name: NAME, type: 'A', content: '1.1.1.1', ttl: 1, proxied: true });
    const report = await provider.write(NAME, { ipv4: HOME4, ipv6: undefined }, signal);
    expect(report).toEqual({ isProxied: true });
    expect(inShort(server.requests.at(-1) ?? expect.fail())).toEqual([`PATCH ${records}/${id}`, { content: HOME4 }]);
    expect(server.book.get(id)).toMatchObject({ content: HOME4, ttl: 1, proxied: true });
  });

  test('a challenge record is set and removed', async () => {
    const { provider } = await openCloudflare();
    await provider.texts?.set(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual([VALUE]);
    await provider.texts?.remove(CHALLENGE, VALUE, signal);
    expect(dns.values(CHALLENGE, 'TXT')).toEqual([]);
  });

  test('a name of no zone in the account is refused for good', async () => {
    const { provider } = await openCloudflare();
    const written = provider.write('home.elsewhere.test', both, signal);
    await expect(written).rejects.toMatchObject({ kind: 'permanent' });
    await expect(written).rejects.toThrow('no domain');
  });
});

describe('DuckDNS', () => {
  const duckName = 'linkcast.duckdns.org';
  const openDuck = async (token = DUCKDNS_TOKEN) => {
    const server = await createDuckDnsStandIn({ subname: 'linkcast', token: DUCKDNS_TOKEN, dns });
    open.push(server);
    const settings = { DUCKDNS_TOKEN: token, DUCKDNS_API_ROOT: server.url };
    return { server, provider: providers.duckdns.create(settings, createDeps()) };
  };

  test('both families are updated by one request', async () => {
    const { server, provider } = await openDuck();
    await provider.write(duckName, both, signal);
    const query = `domains=linkcast&token=${DUCKDNS_TOKEN}&ip=8.8.4.4&ipv6=2600%3A%3A1&verbose=true`;
    expect(server.requests.map(inShort)).toEqual([[`GET /update?${query}`]]);
    expect([dns.values(duckName, 'A'), dns.values(duckName, 'AAAA')]).toEqual([[HOME4], [HOME6]]);
  });

  test('a challenge record is set and cleared, the addresses stay', async () => {
    const { provider } = await openDuck();
    await provider.write(duckName, both, signal);
    await provider.texts?.set(`_acme-challenge.${duckName}`, VALUE, signal);
    expect(dns.values(`_acme-challenge.${duckName}`, 'TXT')).toEqual([VALUE]);
    await provider.texts?.remove(`_acme-challenge.${duckName}`, VALUE, signal);
    expect([dns.values(`_acme-challenge.${duckName}`, 'TXT'), dns.values(duckName, 'A')]).toEqual([[], [HOME4]]);
  });

  test('KO is refused for good, and the sentence does not hold the token', async () => {
    const { provider } = await openDuck('wrong-token-of-duckdns');
    const error: unknown = await provider.write(duckName, both, signal).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'permanent' });
    expect(String(error)).not.toContain('wrong-token');
  });
});

describe('dyndns2', () => {
  const openDyndns2 = async () => {
    const server = await createDyndns2StandIn({ name: NAME, user: DYNDNS2_USER, password: DYNDNS2_PASSWORD, dns });
    open.push(server);
    const settings = { DYNDNS2_SERVER: server.url, DYNDNS2_USER, DYNDNS2_PASSWORD };
    return { server, provider: providers.dyndns2.create(settings, createDeps()) };
  };

  test('both families are updated by one request with basic authentication and a name of ours', async () => {
    const { server, provider } = await openDyndns2();
    await provider.write(NAME, both, signal);
    const [request] = server.requests;
    expect(request && inShort(request)).toEqual([
      'GET /nic/update?hostname=home.linkcast.test&myip=8.8.4.4&myipv6=2600%3A%3A1',
    ]);
    expect(request?.headers['user-agent']).toMatch(/^Linkcast DDNS/);
    expect(dns.values(NAME, 'AAAA')).toEqual([HOME6]);
  });

  test.each([
    ['good 8.8.4.4', undefined],
    ['nochg 8.8.4.4', undefined],
    ['badauth', 'permanent'],
    ['notfqdn', 'permanent'],
    ['nohost', 'permanent'],
    ['numhost', 'permanent'],
    ['abuse', 'permanent'],
    ['badagent', 'permanent'],
    ['!donator', 'permanent'],
    ['dnserr', 'temporary'],
    ['911', 'temporary'],
    ['something new', 'temporary'],
  ])('the return code "%s" means %s', async (body, kind) => {
    const { server, provider } = await openDyndns2();
    server.fail({ status: 200, contentType: 'text/html', body });
    const error: unknown = await provider.write(NAME, both, signal).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    if (kind === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ name: 'ProviderFault', kind });
    if (body === '911') expect(error).toMatchObject({ minWaitMs: 1_800_000 });
  });
});

test('a plain URL, fetched, has the name and the addresses in their places', async () => {
  const server = await createUpdateUrlStandIn({ key: UPDATE_KEY, dns });
  open.push(server);
  const DDNS_UPDATE_URL = `${server.url}/update/${UPDATE_KEY}?host={name}&v4={ipv4}&v6={ipv6}`;
  await providers.url.create({ DDNS_UPDATE_URL }, createDeps()).write(NAME, both, signal);
  expect(server.requests.map(inShort)).toEqual([
    [`GET /update/${UPDATE_KEY}?host=home.linkcast.test&v4=8.8.4.4&v6=2600%3A%3A1`],
  ]);
});
