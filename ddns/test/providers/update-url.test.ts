import { createDnsServer, createUpdateUrlStandIn, type DnsServer, type ProviderServer } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { providers } from '../../src/providers/providers.ts';
import { createDeps, inShort, NAME, signal, UPDATE_KEY, ZONE } from './provider-fixture.ts';

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

test('a URL with placeholders: is fetched with the name and the addresses', async () => {
  const server = await createUpdateUrlStandIn({ key: UPDATE_KEY, dns });
  open.push(server);
  const DDNS_UPDATE_URL = `${server.url}/update/${UPDATE_KEY}?host={name}&v4={ipv4}&v6={ipv6}`;
  await providers.url.create({ DDNS_UPDATE_URL }, createDeps()).write(NAME, both, signal);
  expect(server.requests.map(inShort)).toEqual([
    [`GET /update/${UPDATE_KEY}?host=home.linkcast.test&v4=8.8.4.4&v6=2600%3A%3A1`],
  ]);
});
