import type { DeliveryRule } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { isRemovedAfter, isRuled, type RuledItem } from '../../src/deliveries/delivery-rule.ts';
import { pauseBeforeAttempt } from '../../src/work/delivery/delivery-retry.ts';
import { targetSettings } from './target-settings.ts';

const ITEM: RuledItem = { personId: 'ada', visibility: 'everyone', host: 'media.example', collectionIds: ['list'] };
const target = (rule: DeliveryRule, removeAfter = false) => ({
  personId: 'owner',
  settings: targetSettings({ rule, removeAfter }),
});

test.each<[string, DeliveryRule, Partial<RuledItem>, boolean]>([
  ['on request', { items: 'requested' }, {}, false],
  ['all', { items: 'all' }, {}, true],
  ['all, a private one of somebody', { items: 'all' }, { visibility: 'mine' }, false],
  ["all, a private one of the target's maker", { items: 'all' }, { visibility: 'mine', personId: 'owner' }, true],
  ['of Ada', { items: 'person', personId: 'ada' }, {}, true],
  ['of Ada, a private one', { items: 'person', personId: 'ada' }, { visibility: 'mine' }, true],
  ['of Ada, one of Bob', { items: 'person', personId: 'ada' }, { personId: 'bob' }, false],
  ["of Ada, nobody's", { items: 'person', personId: 'ada' }, { personId: null }, false],
  ['of a host', { items: 'host', host: 'media.example' }, {}, true],
  ['of a host, one of a name below it', { items: 'host', host: 'example' }, {}, true],
  ['of a host, one whose name ends alike', { items: 'host', host: 'edia.example' }, {}, false],
  ['of a host, an own file', { items: 'host', host: 'media.example' }, { host: '' }, false],
  ['of a host, a private one', { items: 'host', host: 'media.example' }, { visibility: 'mine' }, false],
  ['of a collection', { items: 'collection', collectionId: 'list' }, {}, true],
  ['of another collection', { items: 'collection', collectionId: 'other' }, {}, false],
  ['of a collection, a private one', { items: 'collection', collectionId: 'list' }, { visibility: 'mine' }, false],
])('a rule %s: is decided', (_name, rule, changes, isChosen) => {
  expect(isRuled(target(rule), { ...ITEM, ...changes })).toBe(isChosen);
});

test("an item that has arrived: goes to the trash only when it is that of the target's maker, who asked for it", () => {
  const all = { items: 'all' } as const;
  expect(isRemovedAfter(target(all, true), { personId: 'owner' })).toBe(true);
  expect(isRemovedAfter(target(all, false), { personId: 'owner' })).toBe(false);
  for (const personId of ['ada', null]) expect(isRemovedAfter(target(all, true), { personId })).toBe(false);
});

test('the pauses of a server that is away: grow to two days and more; a wrong key or password has none', () => {
  const pauses = Array.from({ length: 10 }, (_each, attempts) =>
    pauseBeforeAttempt('delivery-unreachable', attempts, 0),
  );
  const given = pauses.flatMap((pause) => pause ?? []);
  expect(pauses.at(-1)).toBeUndefined();
  expect(given).toEqual(given.toSorted((one, other) => one - other));
  expect(given.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(2 * 86_400_000);
  for (const code of ['delivery-host-key', 'delivery-login', 'delivery-unconfirmed'] as const)
    expect(pauseBeforeAttempt(code, 0, 0)).toBeUndefined();
});
