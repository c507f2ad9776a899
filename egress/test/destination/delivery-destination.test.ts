import type { EgressDestination } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { createDestinationResolver } from '../../src/destination/destination-resolver.ts';
import { Refusal } from '../../src/http/refusal.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  nas: ['192.168.1.5'],
  'nas.lan': ['192.168.1.5'],
  'other.lan': ['192.168.1.5'],
  'public.example': ['93.184.216.34'],
  'rebinding.example': ['192.168.1.5', '127.0.0.1'],
  'looped.example': ['127.0.0.1'],
};
const SFTP: EgressDestination = { host: 'nas.lan', port: 22, isPassive: false };

/** Resolves with a ticket; without `only`, with that of a job. */
async function resolve(
  destination: string,
  only?: EgressDestination,
  allowed: readonly string[] = [],
): Promise<unknown> {
  const colon = destination.lastIndexOf(':');
  const [hostname, port] = [destination.slice(0, colon), Number(destination.slice(colon + 1))];
  const lookup = (name: string) => Promise.resolve(NAMES[name] ?? []);
  const own = { hasName: () => false, hasAddress: () => Promise.resolve(true) }; // as `make local`: the home network is its own
  const resolver = createDestinationResolver({ allowed, lookup, lookupListed: lookup, own, lookupMs: 200 });
  const { signal } = new AbortController();
  return resolver({ hostname, port }, { refusedAddresses: [], only, signal }).catch((error: unknown) =>
    error instanceof Refusal ? error.code : error,
  );
}

test.each(['nas.lan:22', 'NAS.lan.:22'])(
  'the ticket of a delivery to nas.lan, port 22: reaches %s',
  async (destination) => {
    expect(await resolve(destination, SFTP)).toEqual(NAMES['nas.lan']);
  },
);

test.each([
  'nas.lan:23',
  'nas.lan:2222',
  'nas:22',
  'other.lan:22',
  '192.168.1.5:22',
  'public.example:443',
  'x.nas.lan:22',
])('the ticket of a delivery to nas.lan, port 22: does not reach %s', async (destination) => {
  expect(await resolve(destination, SFTP)).toBe('forbidden-address');
});

test('a ticket for FTP: reaches the further ports of its host, below 1024 only its own', async () => {
  const only = { host: 'nas', port: 21, isPassive: true };
  for (const port of [21, 1024, 65_535]) expect(await resolve(`nas:${port}`, only)).toEqual(NAMES['nas']);
  for (const port of [20, 22, 80, 1023]) expect(await resolve(`nas:${port}`, only)).toBe('forbidden-address');
  expect(await resolve('nas.lan:2000', only)).toBe('forbidden-address');
});

test.each([
  'looped.example',
  'rebinding.example',
  '127.0.0.1',
  '::1',
  '0.0.0.0',
  '169.254.169.254',
  'fe80::1',
  '::ffff:127.0.0.1',
  '255.255.255.255',
])('a delivery to %s, this machine or its link: is refused', async (host) => {
  expect(await resolve(`${host}:22`, { host, port: 22, isPassive: false })).toBe('forbidden-address');
});

test('a delivery to this machine that ALLOW_PRIVATE_SOURCES lists: is let through, at that port', async () => {
  const only = { host: '127.0.0.1', port: 22, isPassive: false };
  expect(await resolve('127.0.0.1:22', only, ['127.0.0.1:22'])).toEqual(['127.0.0.1']);
  expect(await resolve('127.0.0.1:80', only, ['127.0.0.1:80'])).toBe('forbidden-address');
});

test.each(['nas.lan:22', 'nas.lan:80', '192.168.1.5:22', '192.168.1.5:443', 'nas:80'])(
  'the ticket of a job: does not reach %s',
  async (destination) => {
    expect(await resolve(destination)).toBe('forbidden-address');
  },
);
