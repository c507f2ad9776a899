import { createDnsServer, createOriginServer, until, type DnsServer } from '@linkcast/testing';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createListedNameLookup, createNameLookup, type NameLookup } from '../../src/destination/name-lookup.ts';
import { basic, createProxyFixture } from '../proxy/proxy-fixture.ts';

const signal = new AbortController().signal;
let dns: DnsServer;
let folder: string;
let hostsFile: string;
let lookup: NameLookup;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'egress-hosts-'));
  hostsFile = path.join(folder, 'hosts');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  dns = await createDnsServer();
  await writeFile(
    hostsFile,
    '127.0.0.1 localhost\n172.17.0.1\tHost.Docker.internal other # comment.example\n::1 other\n',
  );
  lookup = createNameLookup({ servers: [dns.hostPort], hostsFile });
});
afterEach(() => dns.close());

describe('a name lookup', () => {
  it('a name with both families: gives IPv4 first', async () => {
    dns.set('a.example', 'AAAA', '2606:4700::1111');
    dns.set('a.example', 'A', '93.184.216.34', '93.184.216.35');
    expect(await lookup('a.example', signal)).toEqual(['93.184.216.34', '93.184.216.35', '2606:4700::1111']);
  });

  it('a name with one family: gives the addresses of that family', async () => {
    dns.set('a.example', 'AAAA', '2606:4700::1111');
    expect(await lookup('a.example', signal)).toEqual(['2606:4700::1111']);
  });

  it('an alias: gives the addresses of its target', async () => {
    dns.set('a.example', 'CNAME', 'b.example');
    dns.set('b.example', 'A', '93.184.216.34');
    expect(await lookup('a.example', signal)).toEqual(['93.184.216.34']);
  });

  it('a name without records: gives no address', async () => {
    expect(await lookup('nowhere.example', signal)).toEqual([]);
  });

  it.each(['servfail', 'refused'] as const)('a server that answers %s: the lookup rejects', async (mood) => {
    dns.behave(mood);
    await expect(lookup('a.example', signal)).rejects.toThrow();
  });

  it('a name in the hosts file: gives its addresses there, without a query', async () => {
    expect(await lookup('host.docker.internal', signal)).toEqual(['172.17.0.1']);
    expect(await lookup('other', signal)).toEqual(['172.17.0.1', '::1']);
    expect(dns.queries).toEqual([]);
    expect(await lookup('comment.example', signal)).toEqual([]);
  });

  it('without a hosts file: queries DNS', async () => {
    dns.set('a.example', 'A', '93.184.216.34');
    const without = createNameLookup({ servers: [dns.hostPort], hostsFile: path.join(folder, 'none') });
    expect(await without('a.example', signal)).toEqual(['93.184.216.34']);
  });

  it('a cancelled lookup: rejects at once', async () => {
    dns.behave('silent');
    const abort = new AbortController();
    const started = Date.now();
    const cancelled = lookup('a.example', abort.signal);
    setTimeout(() => abort.abort(), 100);
    await expect(cancelled).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(1500);
  });

  it('a name listed by the owner: is also resolved by the system', async () => {
    const listed = createListedNameLookup(lookup);
    await writeFile(hostsFile, '');
    expect(await listed('localhost', signal)).toContain('127.0.0.1'); // in the system's hosts file
    expect(await listed('nowhere.invalid', signal)).toEqual([]);
  });
});

describe('a DNS server that does not answer', () => {
  it('during 20 requests: delays no file access and no other lookup, and the requests fail with 504', async () => {
    const origin = await createOriginServer();
    dns.behave('silent');
    const proxy = await createProxyFixture({ lookup, lookupMs: 3000, allowPrivate: [origin.hostPort] });
    const started = Date.now();
    const failing = Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? proxy.get(`http://${index}.example/`) : proxy.openTunnel(`${index}.example:443`),
      ),
    );
    let haveFailed = false;
    void failing.finally(() => (haveFailed = true));
    expect(await readFile(hostsFile, 'utf8')).toContain('localhost');
    expect(await proxy.get(`${origin.url}/`)).toBe(404);
    const other = createNameLookup({ servers: [dns.hostPort], hostsFile });
    expect(await other('host.docker.internal', signal)).toEqual(['172.17.0.1']);
    expect(haveFailed).toBe(false);
    expect(new Set(await failing)).toEqual(new Set([504]));
    expect(Date.now() - started).toBeLessThan(10_000);
    await Promise.all([proxy.close(), origin.close()]);
  });

  it('for a client that disconnects: the lookup is aborted', async () => {
    const lookups: AbortSignal[] = [];
    const proxy = await createProxyFixture({
      lookup: (_name, waiting) => {
        lookups.push(waiting);
        return Promise.withResolvers<never>().promise;
      },
    });
    const { hostname, port, username, password } = new URL(proxy.proxyUrl());
    const headers = { 'proxy-authorization': basic({ username, password }) };
    const request = http.get({ hostname, port, path: 'http://a.example/', headers });
    request.on('error', () => undefined); // we disconnect
    await until(() => lookups.length === 1);
    request.destroy();
    await until(() => lookups[0]?.aborted);
    await proxy.close();
  });
});
