import type { LookupAddress } from 'node:dns';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDestinationResolver, pinnedLookup } from '../../src/destination/destination-resolver.ts';
import type { NameLookup } from '../../src/destination/name-lookup.ts';
import { Refusal } from '../../src/http/refusal.ts';

const PUBLIC = '93.184.216.34';
const signal = new AbortController().signal;

async function resolve(hostname: string, lookup: NameLookup, allowed: readonly string[] = []): Promise<unknown> {
  const own = { hasName: () => false, hasAddress: () => Promise.resolve(false) };
  const resolver = createDestinationResolver({ allowed, lookup, lookupListed: lookup, own, lookupMs: 200 });
  return resolver({ hostname, port: 80 }, { refusedAddresses: [], signal }).catch((error: unknown) =>
    error instanceof Refusal ? error.code : error,
  );
}

function answering(...answers: readonly (readonly string[])[]): NameLookup & { names: string[] } {
  const names: string[] = [];
  const lookup = (hostname: string) => {
    names.push(hostname);
    return Promise.resolve(answers[names.length - 1] ?? []);
  };
  return Object.assign(lookup, { names });
}

describe('resolving a destination', () => {
  it('a name with public addresses: gives all of them', async () => {
    expect(await resolve('a.example', answering([PUBLIC, '2606:4700::1111']))).toEqual([PUBLIC, '2606:4700::1111']);
  });

  it.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:192.168.1.1', '64:ff9b::7f00:1', '169.254.169.254'])(
    'a name with the address %s: is forbidden',
    async (address) => {
      expect(await resolve('a.example', answering([address]))).toBe('forbidden-address');
    },
  );

  it('a name with a public and a private address: is forbidden', async () => {
    expect(await resolve('a.example', answering([PUBLIC, '127.0.0.1']))).toBe('forbidden-address');
  });

  it('a local name: is forbidden without a query', async () => {
    const lookup = answering([PUBLIC]);
    expect(await resolve('localhost', lookup)).toBe('forbidden-address');
    expect(await resolve('nas.local', lookup)).toBe('forbidden-address');
    expect(lookup.names).toEqual([]);
  });

  it('an IP address: is checked without a query', async () => {
    const lookup = answering();
    expect(await resolve('[::1]', lookup)).toBe('forbidden-address');
    expect(await resolve(PUBLIC, lookup)).toEqual([PUBLIC]);
    expect(lookup.names).toEqual([]);
  });

  it('a name allowed by the owner: may have a private address', async () => {
    expect(await resolve('nas.lan', answering(['192.168.1.5']), ['nas.lan:80'])).toEqual(['192.168.1.5']);
  });

  it.each<[string, NameLookup, string]>([
    ['no address', () => Promise.resolve([]), 'no-address'],
    ['an error', () => Promise.reject(new Error('ESERVFAIL')), 'dns-error'],
    ['no answer', () => Promise.withResolvers<never>().promise, 'dns-timeout'],
  ])('a name for which the resolver has %s: is refused within the time limit', async (_, lookup, code) => {
    expect(await resolve('a.example', lookup)).toBe(code);
  });
});

describe('pinnedLookup', () => {
  it('a name that gets a private address after the check: the checked address is used without another query', async () => {
    const lookup = answering([PUBLIC], ['127.0.0.1']);
    const addresses = (await resolve('rebind.example', lookup)) as string[]; // addresses, not a refusal
    const pinned = promisify(pinnedLookup(addresses));
    const answer = (await pinned('rebind.example', { all: true })) as unknown as LookupAddress[]; // all: a list
    expect(answer).toEqual([{ address: PUBLIC, family: 4 }]);
    expect(lookup.names).toEqual(['rebind.example']);
  });
});
