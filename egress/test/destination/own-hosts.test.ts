import { afterEach, describe, expect, it } from 'vitest';
import { createOriginServer } from '@linkcast/testing';
import { createOwnHosts } from '../../src/destination/own-hosts.ts';
import { createProxyFixture, portOf, type ProxyFixture } from '../proxy/proxy-fixture.ts';

/** Public addresses for the check; nothing connects to them. */
const OWN = '93.184.216.34';
const NEIGHBOUR = '93.184.216.99';
const ELSEWHERE = '8.8.8.8';

let proxy: ProxyFixture;
afterEach(() => proxy.close());

const NAMES = {
  'media.example.org': [OWN],
  'alias.example': [OWN],
  'mapped.example': [`::ffff:${OWN}`],
  'nat64.example': [`64:ff9b::${OWN}`],
  'neighbour.example': [NEIGHBOUR],
  'mixed.example': [ELSEWHERE, OWN],
  'other.example': [],
};
/** The statuses of a request without and with a tunnel. */
async function statuses(host: string, proxyUrl?: string): Promise<number[]> {
  return [await proxy.get(`http://${host}/`, proxyUrl), await proxy.openTunnel(`${host}:443`, proxyUrl)];
}
const REFUSED = [403, 403];

describe('an address of this machine', () => {
  it.each([
    OWN,
    NEIGHBOUR,
    `[::ffff:${OWN}]`,
    '1572395042',
    'alias.example',
    'mapped.example',
    'nat64.example',
    'mixed.example',
  ])('in one of its networks, as %s: is refused', async (host) => {
    proxy = await createProxyFixture({ names: NAMES, networks: () => [`${OWN}/24`, '2a01:4f8::1/64'] });
    expect(await statuses(host)).toEqual(REFUSED);
  });

  it('in one of its public IPv6 networks: is refused', async () => {
    proxy = await createProxyFixture({ networks: () => ['2a01:4f8::1/64'] });
    expect(await statuses('[2a01:4f8::ffff]')).toEqual(REFUSED);
  });

  it('added after the start: is refused from then on', async () => {
    let networks: string[] = [];
    proxy = await createProxyFixture({ names: { 'alias.example': [OWN] }, networks: () => networks, allowPrivate: [] });
    networks = [`${OWN}/32`];
    expect(await statuses('alias.example')).toEqual(REFUSED);
  });

  it.each([[OWN], ['93.184.216.0/24']])('listed in OWN_ADDRESSES as %s: is refused', async (entry) => {
    proxy = await createProxyFixture({ names: NAMES, networks: () => [], ownAddresses: [entry] });
    expect(await statuses(OWN)).toEqual(REFUSED);
    expect(await statuses('mixed.example')).toEqual(REFUSED);
  });

  it('named by the ticket: is refused to the holder of the ticket', async () => {
    proxy = await createProxyFixture({ names: NAMES, networks: () => [] });
    const proxyUrl = proxy.proxyUrl({ refusedAddresses: [OWN, '2a01:4f8::1'] });
    for (const host of [OWN, 'alias.example', 'mapped.example', '[2a01:4f8:0:0::1]'])
      expect(await statuses(host, proxyUrl)).toEqual(REFUSED);
    expect((await proxy.usage()).refusedHost).toBe('[2a01:4f8::1]');
  });
});

describe('the public name', () => {
  it.each(['media.example.org', 'MEDIA.example.org.', 'alias.example', 'mixed.example', OWN])(
    'or another name of the same address, as %s: is refused',
    async (host) => {
      proxy = await createProxyFixture({ names: NAMES, networks: () => [], domainName: 'media.example.org' });
      expect(await statuses(host)).toEqual(REFUSED);
    },
  );

  it('without a resolvable address: is refused by its name', async () => {
    const lookup = () => Promise.reject(new Error('ESERVFAIL'));
    proxy = await createProxyFixture({ lookup, networks: () => [], domainName: 'media.example.org' });
    expect(await statuses('media.example.org')).toEqual(REFUSED);
  });

  it('with a name server that stops answering: is refused by its last addresses', async () => {
    let isSilent = false;
    const lookup = (name: string) =>
      isSilent && name === 'media.example.org' ? Promise.reject(new Error('ETIMEOUT')) : Promise.resolve([OWN]);
    proxy = await createProxyFixture();
    const own = createOwnHosts({
      lookup,
      networks: () => [],
      ownAddresses: [],
      domainName: 'media.example.org',
      maxAgeMs: 0,
    });
    expect(await own.hasAddress([OWN])).toBe(true);
    isSilent = true;
    expect(await own.hasAddress([OWN])).toBe(true);
    expect(await own.hasAddress([ELSEWHERE])).toBe(false);
  });
});

describe('a source allowed by the owner', () => {
  it('on an address of this machine: is reachable at exactly that host and port', async () => {
    const origin = await createOriginServer();
    proxy = await createProxyFixture({ allowPrivate: [origin.hostPort], ownAddresses: ['127.0.0.1'] });
    expect(await proxy.get(`${origin.url}/`)).toBe(404);
    expect(await proxy.get('http://127.0.0.1:80/')).toBe(403);
    expect(await proxy.get(`http://localhost:${portOf(origin)}/`)).toBe(403);
    await origin.close();
  });
});
