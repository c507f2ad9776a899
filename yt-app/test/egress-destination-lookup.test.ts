import { isProblem } from '@linkcast/contracts';
import type { LookupAddress } from 'node:dns';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pinnedLookup, resolveDestination, type NameLookup } from '../src/egress/destination-lookup.ts';

const PUBLIC = '93.184.216.34';

async function resolve(host: string, lookup: NameLookup, allowed: readonly string[] = []): Promise<unknown> {
  return resolveDestination(host, 80, allowed, lookup).catch((error: unknown) =>
    isProblem(error) ? error.code : error,
  );
}

function answering(...answers: readonly (readonly string[])[]): NameLookup & { asked: string[] } {
  const asked: string[] = [];
  const lookup = (hostname: string) => {
    asked.push(hostname);
    return Promise.resolve(answers[asked.length - 1] ?? []);
  };
  return Object.assign(lookup, { asked });
}

describe('resolveDestination', () => {
  it('a name with public addresses, gives all of them', async () => {
    expect(await resolve('a.example', answering([PUBLIC, '2606:4700::1111']))).toEqual([PUBLIC, '2606:4700::1111']);
  });

  it.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:192.168.1.1', '64:ff9b::7f00:1', '169.254.169.254'])(
    'a name that leads to %s, is forbidden',
    async (address) => {
      expect(await resolve('a.example', answering([address]))).toBe('source-forbidden');
    },
  );

  it('a name with a public and a private address, is forbidden', async () => {
    expect(await resolve('a.example', answering([PUBLIC, '127.0.0.1']))).toBe('source-forbidden');
  });

  it('a local name, is forbidden without asking', async () => {
    const lookup = answering([PUBLIC]);
    expect(await resolve('localhost', lookup)).toBe('source-forbidden');
    expect(await resolve('nas.local', lookup)).toBe('source-forbidden');
    expect(lookup.asked).toEqual([]);
  });

  it('a literal, is judged without asking', async () => {
    const lookup = answering();
    expect(await resolve('[::1]', lookup)).toBe('source-forbidden');
    expect(await resolve(PUBLIC, lookup)).toEqual([PUBLIC]);
    expect(lookup.asked).toEqual([]);
  });

  it('an allowed name, may be private', async () => {
    expect(await resolve('nas.lan', answering(['192.168.1.5']), ['nas.lan:80'])).toEqual(['192.168.1.5']);
  });

  it.each([
    ['no address', () => Promise.resolve([])],
    ['an error', () => Promise.reject(new Error('ENOTFOUND'))],
  ])('a name for which the resolver has %s, is unreachable', async (_, lookup) => {
    expect(await resolve('a.example', lookup)).toBe('source-unreachable');
  });
});

describe('pinnedLookup', () => {
  it('a name that turns private after it was judged, still leads to the judged address', async () => {
    const lookup = answering([PUBLIC], ['127.0.0.1']);
    const pinned = promisify(pinnedLookup(await resolveDestination('rebind.example', 80, [], lookup)));
    const answer = (await pinned('rebind.example', { all: true })) as unknown as LookupAddress[]; // all: a list
    expect(answer).toEqual([{ address: PUBLIC, family: 4 }]);
    expect(lookup.asked).toEqual(['rebind.example']);
  });
});
