import { expect, test } from 'vitest';
import { COOL_DOWN_MS, decide, retryDelay, REFUSAL_PAUSE_MS, type WriteMemory } from '../src/decision.ts';
import type { Served } from '../src/name-servers.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOME = '8.8.4.4';
const HOME6 = '2600::1';
const fresh: WriteMemory = { written: { ipv4: undefined, ipv6: undefined }, failures: 0, retryAt: 0, isProxied: false };
const found = { ipv4: HOME, ipv6: undefined };

function served(...servers: { ipv4?: string[]; ipv6?: string[] }[]): Served {
  return {
    servers: servers.map(({ ipv4 = [], ipv6 = [] }) => ({ ipv4, ipv6 })),
    alias: undefined,
    from: 'own-servers',
  };
}

test('a name that every server leads here, looked at, needs nothing', () => {
  expect(decide(found, served({ ipv4: [HOME] }, { ipv4: [HOME] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('a name that leads elsewhere on one of two servers is written', () => {
  const decision = decide(found, served({ ipv4: [HOME] }, { ipv4: ['1.1.1.1'] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: undefined } });
});

test('a name with our address and another one is written', () => {
  expect(decide(found, served({ ipv4: [HOME, '1.1.1.1'] }), fresh, NOW).kind).toBe('write');
});

test('nothing known of our address, looked at, changes nothing', () => {
  const nothing = { ipv4: undefined, ipv6: undefined };
  expect(decide(nothing, served({ ipv4: ['1.1.1.1'] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('an unknown IPv6 address beside a new IPv4 address is told as it is served', () => {
  const decision = decide(found, served({ ipv4: ['1.1.1.1'], ipv6: [HOME6] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: HOME6 } });
});

test('an IPv6 address alone that is wrong is written beside the IPv4 address that is right', () => {
  const decision = decide({ ipv4: HOME, ipv6: HOME6 }, served({ ipv4: [HOME] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: HOME6 } });
});

test('a record written a minute ago, wrong again, waits until it is cool', () => {
  const writtenAt = NOW - 60_000;
  const memory = { ...fresh, written: { ipv4: { address: '1.1.1.1', writtenAt }, ipv6: undefined } };
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decide(found, elsewhere, memory, NOW)).toEqual({ kind: 'wait', until: writtenAt + COOL_DOWN_MS });
  expect(decide(found, elsewhere, memory, writtenAt + COOL_DOWN_MS).kind).toBe('write');
});

test('a back-off that is not over waits, and one from a clock that was set back ends', () => {
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decide(found, elsewhere, { ...fresh, retryAt: NOW + 5000 }, NOW)).toEqual({ kind: 'wait', until: NOW + 5000 });
  const farAway = decide(found, elsewhere, { ...fresh, retryAt: NOW * 2 }, NOW);
  expect(farAway).toEqual({ kind: 'wait', until: NOW + REFUSAL_PAUSE_MS * 1.5 });
});

test('a proxied name, whatever DNS says, is judged by what was written', () => {
  const memory = { ...fresh, isProxied: true, written: { ipv4: { address: HOME, writtenAt: 0 }, ipv6: undefined } };
  const proxies = served({ ipv4: ['104.16.0.1'] });
  expect(decide(found, proxies, memory, NOW).kind).toBe('nothing');
  expect(decide({ ...found, ipv4: '8.8.8.8' }, proxies, memory, NOW).kind).toBe('write');
});

test('the back-off grows from a minute to an hour and no further', () => {
  expect([1, 2, 3, 7, 8, 1000].map((failures) => retryDelay(failures, 0.5) / 60_000)).toEqual([1, 2, 4, 60, 60, 60]);
  expect(retryDelay(1000, 1)).toBeLessThanOrEqual(75 * 60_000);
  expect(retryDelay(1, 0)).toBe(45_000);
});
