import { createDnsServer, createOriginServer, type DnsServer, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAddressClassifier } from '../../src/address/address-classifier.ts';
import { countVotes, createAddressFinder } from '../../src/address/address-finder.ts';
import { parseAddressSource } from '../../src/address/address-source.ts';
import { createResolver } from '../../src/dns/resolver.ts';

const OURS = '8.8.4.4';
const OURS6 = '2600::1';
const classify = createAddressClassifier();
const signal = AbortSignal.timeout(60_000);

describe('countVotes', () => {
  const votes = (...addresses: string[]) => addresses.map((address, index) => ({ host: `source${index}`, address }));

  test('two hosts that agree: their address is accepted', () => {
    expect(countVotes(votes(OURS, OURS), classify)).toEqual({ kind: 'agreed', address: OURS });
  });
  test('two hosts against one: the address of the two is accepted', () => {
    expect(countVotes(votes('1.1.1.1', OURS, OURS), classify)).toEqual({ kind: 'agreed', address: OURS });
  });
  test('one host only: its address is refused', () => {
    expect(countVotes(votes(OURS), classify)).toMatchObject({ kind: 'refused' });
  });
  test('two hosts against two: no address is accepted', () => {
    expect(countVotes(votes(OURS, OURS, '1.1.1.1', '1.1.1.1'), classify)).toMatchObject({ kind: 'refused' });
  });
  test('two answers of one host: count as one vote', () => {
    const twice = [OURS, OURS].map((address) => ({ host: 'same', address }));
    expect(countVotes(twice, classify)).toMatchObject({ kind: 'refused' });
  });
  test('no answer: gives no address', () => {
    expect(countVotes([], classify)).toEqual({ kind: 'none' });
  });
  test('an address behind carrier-grade NAT: is refused with the reason', () => {
    const finding = countVotes(votes('100.72.1.9', '100.72.1.9'), classify);
    expect(finding.kind === 'refused' && finding.sentence).toContain('carrier-grade NAT');
  });
});

describe('a source', () => {
  let origin: OriginServer;
  let origin6: OriginServer;
  let dns: DnsServer;
  let resolverDns: DnsServer;

  beforeAll(async () => {
    origin = await createOriginServer();
    origin6 = await createOriginServer({ host: '::1' });
    dns = await createDnsServer();
    resolverDns = await createDnsServer();
    resolverDns.set('whoami.test', 'A', '127.0.0.1');
  });
  afterEach(() => origin.behaveWell());
  afterAll(() => Promise.all([origin.close(), origin6.close(), dns.close(), resolverDns.close()]));

  const resolver = () => createResolver([resolverDns.hostPort]);
  const source = (text: string) => parseAddressSource(text, resolver) ?? expect.fail(`${text} is not a source`);
  const finder = (sources: string[], timeoutMs = 5000) =>
    createAddressFinder({ sources: sources.map(source), classify, hasIpv6: true, timeoutMs });

  test('a trace page and two kinds of DNS answers that agree: the address is accepted', async () => {
    dns.set('myip.test', 'A', OURS);
    dns.set('o-o.myaddr.test', 'TXT', 'edns0-client-subnet 10.0.0.0/8', OURS);
    origin.text('/trace', 'text/plain', `fl=1\nip=${OURS}\nts=2\n`);
    const sources = [
      `${origin.url}/trace`,
      `dns://127.0.0.1:${dns.port}/myip.test`,
      `dns://whoami.test:${dns.port}/o-o.myaddr.test?type=TXT`,
    ];
    const answers = sources.map((text) => source(text).query(4, signal));
    expect(await Promise.all(answers)).toEqual([OURS, OURS, OURS]);
    expect(await finder(sources)(signal)).toEqual({ ipv4: { kind: 'agreed', address: OURS }, ipv6: { kind: 'none' } });
  });

  test('a source over IPv6: is queried over IPv6 only, and its address is in the shortest form', async () => {
    origin6.text('/', 'text/plain', '2600:0:0:0:0:0:0:1\n');
    expect(await source(`${origin6.url}/`).query(6, signal)).toBe(OURS6);
    await expect(source(`${origin6.url}/`).query(4, signal)).rejects.toThrow('IPv4');
    await expect(source(`${origin.url}/`).query(6, signal)).rejects.toThrow('IPv6');
  });

  test.each([
    ['a web page', '<html>8.8.4.4</html>'],
    ['a sentence', 'your address is 8.8.4.4'],
    ['an address of the other family', OURS6],
    ['nothing', ''],
    ['a long text', '8.8.4.4'.repeat(10_000)],
  ])('a source that answers %s: has no vote', async (_, text) => {
    origin.text('/odd', 'text/plain', text);
    await expect(source(`${origin.url}/odd`).query(4, signal)).rejects.toThrow();
  });

  test('a source that redirects: is not followed', async () => {
    const elsewhere = origin.text('/elsewhere', 'text/plain', OURS);
    const url = origin.behave('/moved', { kind: 'redirect', to: elsewhere });
    await expect(source(url).query(4, signal)).rejects.toThrow();
  });

  test('a source that never answers: its time limit does not prevent the agreement of others', async () => {
    dns.set('myip.test', 'A', OURS);
    origin.text('/ip', 'text/plain', OURS);
    const silent = origin.behave('/silent', { kind: 'slow-header', seconds: 30 });
    const find = finder([silent, `${origin.url}/ip`, `dns://127.0.0.1:${dns.port}/myip.test`], 1000);
    // three answers of two hosts: the origin has one vote
    expect((await find(signal)).ipv4).toEqual({ kind: 'agreed', address: OURS });
  });

  test.each(['http://ip.example/', 'ftp://ip.example/', 'ip.example', 'dns://1.1.1.1', 'dns://1.1.1.1/'])(
    'the setting %s: is no source',
    (text) => {
      expect(parseAddressSource(text, resolver)).toBeUndefined();
    },
  );
});
