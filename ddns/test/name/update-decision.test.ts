import { expect, test } from 'vitest';
import type { ServedRecords } from '../../src/dns/served-records.ts';
import {
  COOL_DOWN_MS,
  decideUpdate,
  REFUSAL_PAUSE_MS,
  retryDelay,
  type WriteMemory,
} from '../../src/name/update-decision.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOME = '8.8.4.4';
const HOME6 = '2600::1';
const fresh: WriteMemory = { written: { ipv4: undefined, ipv6: undefined }, failures: 0, retryAt: 0, isProxied: false };
const found = { ipv4: HOME, ipv6: undefined };

function served(...servers: { ipv4?: string[]; ipv6?: string[] }[]): ServedRecords {
  return {
    servers: servers.map(({ ipv4 = [], ipv6 = [] }) => ({ ipv4, ipv6 })),
    alias: undefined,
    from: 'own-servers',
  };
}

test('a name that every server leads here, looked at, needs nothing', () => {
  expect(decideUpdate(found, served({ ipv4: [HOME] }, { ipv4: [HOME] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('a name that leads elsewhere on one of two servers is written', () => {
  const decision = decideUpdate(found, served({ ipv4: [HOME] }, { ipv4: ['1.1.1.1'] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: undefined } });
});

test('a name with our address and another one is written', () => {
  expect(decideUpdate(found, served({ ipv4: [HOME, '1.1.1.1'] }), fresh, NOW).kind).toBe('write');
});

test('nothing known of our address, looked at, changes nothing', () => {
  const nothing = { ipv4: undefined, ipv6: undefined };
  expect(decideUpdate(nothing, served({ ipv4: ['1.1.1.1'] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('an unknown IPv6 address beside a new IPv4 address is told as it is served', () => {
  const decision = decideUpdate(found, served({ ipv4: ['1.1.1.1'], ipv6: [HOME6] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: HOME6 } });
});

test('an IPv6 address alone that is wrong is written beside the IPv4 address that is right', () => {
  const decision = decideUpdate({ ipv4: HOME, ipv6: HOME6 }, served({ ipv4: [HOME] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: HOME, ipv6: HOME6 } });
});

test('a record written a minute ago, wrong again, waits until it is cool', () => {
  const writtenAt = NOW - 60_000;
  const memory = { ...fresh, written: { ipv4: { address: '1.1.1.1', writtenAt }, ipv6: undefined } };
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decideUpdate(found, elsewhere, memory, NOW)).toEqual({ kind: 'wait', until: writtenAt + COOL_DOWN_MS });
  expect(decideUpdate(found, elsewhere, memory, writtenAt + COOL_DOWN_MS).kind).toBe('write');
});

test('a back-off that is not over waits, and one from a clock that was set back ends', () => {
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decideUpdate(found, elsewhere, { ...fresh, retryAt: NOW + 5000 }, NOW)).toEqual({
    kind: 'wait',
    until: NOW + 5000,
  });
  const farAway = decideUpdate(found, elsewhere, { ...fresh, retryAt: NOW * 2 }, NOW);
  expect(farAway).toEqual({ kind: 'wait', until: NOW + REFUSAL_PAUSE_MS * 1.5 });
});

test('a proxied name, whatever DNS says, is judged by what was written', () => {
  const memory = { ...fresh, isProxied: true, written: { ipv4: { address: HOME, writtenAt: 0 }, ipv6: undefined } };
  const proxies = served({ ipv4: ['104.16.0.1'] });
  expect(decideUpdate(found, proxies, memory, NOW).kind).toBe('nothing');
  expect(decideUpdate({ ...found, ipv4: '8.8.8.8' }, proxies, memory, NOW).kind).toBe('write');
});

test('the back-off grows from a minute to an hour and no further', () => {
  expect([1, 2, 3, 7, 8, 1000].map((failures) => retryDelay(failures, 0.5) / 60_000)).toEqual([1, 2, 4, 60, 60, 60]);
  expect(retryDelay(1000, 1)).toBeLessThanOrEqual(75 * 60_000);
  expect(retryDelay(1, 0)).toBe(45_000);
});
