import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import dnsPacket from 'dns-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDnsServer, type DnsServer } from '../../src/dns/dns-server.ts';

let dns: DnsServer;
let resolver: Resolver;

beforeEach(async () => {
  dns = await createDnsServer({ zones: ['linkcast.test'] });
  resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([dns.hostPort]);
});
afterEach(() => dns.close());

test('records of each type: are answered to a resolver', async () => {
  dns.set('linkcast.test', 'A', '127.0.0.1', '127.0.0.2');
  dns.set('linkcast.test', 'AAAA', '::1');
  dns.set('linkcast.test', 'CAA', '0 issue "ca.test"');
  dns.set('www.linkcast.test', 'CNAME', 'linkcast.test');
  dns.set('_acme-challenge.linkcast.test', 'TXT', 'one', 'two');
  expect(await resolver.resolve4('linkcast.test')).toEqual(['127.0.0.1', '127.0.0.2']);
  expect(await resolver.resolve6('linkcast.test')).toEqual(['::1']);
  expect(await resolver.resolve4('www.linkcast.test')).toEqual(['127.0.0.1', '127.0.0.2']);
  expect(await resolver.resolveTxt('_acme-challenge.linkcast.test')).toEqual([['one'], ['two']]);
  expect(await resolver.resolveCaa('linkcast.test')).toEqual([{ critical: 0, issue: 'ca.test', type: 'CAA' }]);
  expect(await resolver.resolveNs('linkcast.test')).toEqual(['ns1.linkcast.test']);
  expect(await resolver.resolveSoa('linkcast.test')).toMatchObject({ nsname: 'ns1.linkcast.test' });
  expect(dns.queries[0]).toEqual({ name: 'linkcast.test', type: 'A', transport: 'udp' });
});

test('a name without the type: answers ENODATA; a missing name: ENOTFOUND', async () => {
  await expect(resolver.resolve4('linkcast.test')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('nobody.linkcast.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('each faulty behaviour: causes the matching error of a resolver', async () => {
  dns.behave('servfail');
  await expect(resolver.resolve4('linkcast.test')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  dns.behave('refused');
  await expect(resolver.resolve4('linkcast.test')).rejects.toMatchObject({ code: 'EREFUSED' });
  dns.behave('silent');
  await expect(resolver.resolve4('linkcast.test')).rejects.toMatchObject({ code: 'ETIMEOUT' });
});

test('a query over TCP: is answered', async () => {
  dns.set('linkcast.test', 'A', '127.0.0.1');
  const connection = connect(dns.port, dns.host);
  const questions = [{ type: 'A' as const, name: 'linkcast.test' }];
  connection.write(dnsPacket.streamEncode({ type: 'query', id: 7, questions }));
  const [answer] = (await once(connection, 'data')) as [Buffer]; // the event's argument
  expect(dnsPacket.streamDecode(answer).answers).toMatchObject([{ type: 'A', data: '127.0.0.1' }]);
  connection.destroy();
});
