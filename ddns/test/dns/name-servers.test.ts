import { createDnsServer, type DnsServer } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNameServers, type NameServers } from '../../src/dns/name-servers.ts';
import { createResolver } from '../../src/dns/resolver.ts';
import { NAME, ZONE } from '../providers/provider-fixture.ts';

let own: DnsServer;
let resolver: DnsServer;
let nameServers: NameServers;

beforeEach(async () => {
  own = await createDnsServer({ zones: [ZONE] });
  // The resolver has an old answer in its cache: only NS records and addresses of servers may be queried there.
  resolver = await createDnsServer({ zones: [ZONE] });
  resolver.set(NAME, 'A', '1.1.1.1');
  nameServers = createNameServers({ createResolver: () => createResolver([resolver.hostPort]), port: own.port });
});
afterEach(() => Promise.all([own.close(), resolver.close()]));

test('a name in a zone: is queried at its own name servers, not in the cache of the resolver', async () => {
  own.set(NAME, 'A', '8.8.4.4');
  own.set(NAME, 'AAAA', '2600:0:0::1');
  expect(await nameServers.addresses(NAME)).toEqual({
    servers: [{ ipv4: ['8.8.4.4'], ipv6: ['2600::1'], alias: undefined }],
    alias: undefined,
    from: 'own-servers',
  });
  expect(resolver.queries.map(({ name, type }) => `${name} ${type}`)).toEqual([
    `${NAME} NS`,
    `${ZONE} NS`,
    `ns1.${ZONE} A`,
  ]);
});

test('a name without records: has no addresses', async () => {
  expect(await nameServers.addresses(NAME)).toMatchObject({ servers: [{ ipv4: [], ipv6: [] }], from: 'own-servers' });
});

test('an alias: is given with its target', async () => {
  own.set(NAME, 'CNAME', 'elsewhere.example');
  expect((await nameServers.addresses(NAME)).alias).toBe('elsewhere.example');
});

test('one name server of two without an answer: is omitted', async () => {
  resolver.set(ZONE, 'NS', `ns1.${ZONE}`, `ns2.${ZONE}`);
  resolver.set(`ns2.${ZONE}`, 'A', '127.0.0.99'); // without a server
  own.set(NAME, 'A', '8.8.4.4');
  const { servers, from } = await nameServers.addresses(NAME);
  expect(servers).toEqual([{ ipv4: ['8.8.4.4'], ipv6: [], alias: undefined }]);
  expect(from).toBe('own-servers');
});

test.each(['servfail', 'refused'] as const)(
  'own name servers that answer %s: the resolver is queried instead',
  async (mood) => {
    own.behave(mood);
    expect(await nameServers.addresses(NAME)).toMatchObject({ servers: [{ ipv4: ['1.1.1.1'] }], from: 'resolvers' });
  },
);

test('own name servers that never answer: the resolver is queried instead', async () => {
  own.behave('silent');
  expect(await nameServers.addresses(NAME)).toMatchObject({ servers: [{ ipv4: ['1.1.1.1'] }], from: 'resolvers' });
});

test('no name server that answers: the query fails with a sentence', async () => {
  own.behave('servfail');
  resolver.behave('servfail');
  await expect(nameServers.addresses(NAME)).rejects.toThrow(`No name server responds for ${NAME}.`);
});

test('TXT values: are given for each name server', async () => {
  own.set(`_acme-challenge.${NAME}`, 'TXT', 'one', 'two');
  expect(await nameServers.texts(`_acme-challenge.${NAME}`)).toEqual([['one', 'two']]);
});
