import { expect, test } from 'vitest';
import type { ServedRecords } from '../../src/dns/served-records.ts';
import { REFUSAL_WAIT_MS } from '../../src/name/retry-delay.ts';
import { COOL_DOWN_MS, decideUpdate, type WriteHistory } from '../../src/name/update-decision.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const OURS = '8.8.4.4';
const OURS6 = '2600::1';
const fresh: WriteHistory = {
  written: { ipv4: undefined, ipv6: undefined },
  failures: 0,
  retryAt: 0,
  isProxied: false,
};
const found = { ipv4: OURS, ipv6: undefined };

function served(...servers: { ipv4?: string[]; ipv6?: string[] }[]): ServedRecords {
  return {
    servers: servers.map(({ ipv4 = [], ipv6 = [] }) => ({ ipv4, ipv6 })),
    alias: undefined,
    from: 'own-servers',
  };
}

test('a name that is right at every name server: nothing is written', () => {
  expect(decideUpdate(found, served({ ipv4: [OURS] }, { ipv4: [OURS] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('a name that is wrong at one of two name servers: is written', () => {
  const decision = decideUpdate(found, served({ ipv4: [OURS] }, { ipv4: ['1.1.1.1'] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: OURS, ipv6: undefined } });
});

test('a name with our address and another one: is written', () => {
  expect(decideUpdate(found, served({ ipv4: [OURS, '1.1.1.1'] }), fresh, NOW).kind).toBe('write');
});

test('our addresses unknown: nothing is written', () => {
  const nothing = { ipv4: undefined, ipv6: undefined };
  expect(decideUpdate(nothing, served({ ipv4: ['1.1.1.1'] }), fresh, NOW)).toEqual({ kind: 'nothing' });
});

test('an unknown IPv6 address beside a new IPv4 address: is written as it is served', () => {
  const decision = decideUpdate(found, served({ ipv4: ['1.1.1.1'], ipv6: [OURS6] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: OURS, ipv6: OURS6 } });
});

test('a missing IPv6 record beside a right IPv4 record: both are written', () => {
  const decision = decideUpdate({ ipv4: OURS, ipv6: OURS6 }, served({ ipv4: [OURS] }), fresh, NOW);
  expect(decision).toEqual({ kind: 'write', addresses: { ipv4: OURS, ipv6: OURS6 } });
});

test('a wrong record written a minute ago: the write waits for the end of the cool-down', () => {
  const writtenAt = NOW - 60_000;
  const history = { ...fresh, written: { ipv4: { address: '1.1.1.1', writtenAt }, ipv6: undefined } };
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decideUpdate(found, elsewhere, history, NOW)).toEqual({ kind: 'wait', until: writtenAt + COOL_DOWN_MS });
  expect(decideUpdate(found, elsewhere, history, writtenAt + COOL_DOWN_MS).kind).toBe('write');
});

test('a back-off: the write waits for its end, but not longer than a limit after the clock was set back', () => {
  const elsewhere = served({ ipv4: ['1.1.1.1'] });
  expect(decideUpdate(found, elsewhere, { ...fresh, retryAt: NOW + 5000 }, NOW)).toEqual({
    kind: 'wait',
    until: NOW + 5000,
  });
  const farAway = decideUpdate(found, elsewhere, { ...fresh, retryAt: NOW * 2 }, NOW);
  expect(farAway).toEqual({ kind: 'wait', until: NOW + REFUSAL_WAIT_MS * 1.5 });
});

test('a proxied name: is compared with the address written last, not with the served one', () => {
  const history = { ...fresh, isProxied: true, written: { ipv4: { address: OURS, writtenAt: 0 }, ipv6: undefined } };
  const proxies = served({ ipv4: ['104.16.0.1'] });
  expect(decideUpdate(found, proxies, history, NOW).kind).toBe('nothing');
  expect(decideUpdate({ ...found, ipv4: '8.8.8.8' }, proxies, history, NOW).kind).toBe('write');
});
