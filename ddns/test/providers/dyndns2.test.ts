import { createDnsServer, createDyndns2StandIn, type DnsServer, type ProviderServer } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import { createDeps, DYNDNS2_PASSWORD, DYNDNS2_USER, inShort, NAME, signal, ZONE } from './provider-fixture.ts';

const IPV4 = '8.8.4.4';
const IPV6 = '2600::1';
const both = { ipv4: IPV4, ipv6: IPV6 };

let dns: DnsServer;
const open: ProviderServer[] = [];

beforeEach(async () => {
  dns = await createDnsServer({ zones: [ZONE] });
});
afterEach(async () => {
  await Promise.all([dns.close(), ...open.splice(0).map((server) => server.close())]);
});

describe('dyndns2', () => {
  const openDyndns2 = async () => {
    const server = await createDyndns2StandIn({ name: NAME, user: DYNDNS2_USER, password: DYNDNS2_PASSWORD, dns });
    open.push(server);
    const settings = { DYNDNS2_SERVER: server.url, DYNDNS2_USER, DYNDNS2_PASSWORD };
    return { server, provider: providers.dyndns2.create(settings, createDeps()) };
  };

  test('both families: are updated by one request with basic authentication and our user agent', async () => {
    const { server, provider } = await openDyndns2();
    await provider.write(NAME, both, signal);
    const [request] = server.requests;
    expect(request && inShort(request)).toEqual([
      'GET /nic/update?hostname=home.linkcast.test&myip=8.8.4.4&myipv6=2600%3A%3A1',
    ]);
    expect(request?.headers['user-agent']).toMatch(/^Linkcast DDNS/);
    expect(dns.values(NAME, 'AAAA')).toEqual([IPV6]);
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
  ])('the return code "%s": gives the fault %s', async (body, kind) => {
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
