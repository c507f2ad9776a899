import type { Reachability } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/upkeep/condition-log.ts';
import { noticesOf, type Observations } from '../../src/upkeep/notices.ts';
import {
  certificateStatus,
  certificateWithLeft,
  DAY_MS,
  daysFromNow,
  HOUR_MS,
  nameStatus,
  NOW,
} from '../fixtures/part-status.ts';

const reachable: Reachability = { state: 'reachable', sentence: 'fine' };
const since = (state: string, agoMs: number): Condition => ({ state, sinceMs: NOW - agoMs });

function noticesFor(changes: Partial<Observations>) {
  return noticesOf({
    domain: 'home.test',
    name: nameStatus(),
    certificate: certificateStatus(),
    reachability: reachable,
    nameCondition: since('good', DAY_MS),
    certificateCondition: since('good', DAY_MS),
    reachabilityCondition: since('reachable', DAY_MS),
    nowMs: NOW,
    ...changes,
  });
}
const keys = (changes: Partial<Observations>) => noticesFor(changes).map(({ key }) => key);
const error = { at: daysFromNow(0), sentence: 'The server said no.' };

test('a healthy installation: has no notices', () => {
  expect(noticesFor({})).toEqual([]);
});

test('an installation without a public name: has no notices', () => {
  expect(
    noticesFor({
      domain: null,
      name: null,
      certificate: null,
      nameCondition: since('silent', DAY_MS),
      certificateCondition: since('silent', DAY_MS),
    }),
  ).toEqual([]);
});

describe('the certificate', () => {
  const left = (days: number, lifetime = 90, changes = {}) =>
    keys({ certificate: certificateWithLeft(days, lifetime, changes) });

  test.each([
    [60, []],
    [30.5, []],
    [29.5, []], // the renewals of this day are waited for
    [28.9, ['certificate-due:0A1B']],
    [7.1, ['certificate-due:0A1B']],
    [6.9, ['certificate-last-week:0A1B:2026-11-21']],
    [0.1, ['certificate-last-week:0A1B:2026-11-21']],
    [-0.1, ['certificate-expired:0A1B:2026-11-21']],
    [-40, ['certificate-expired:0A1B:2026-11-21']],
  ])('with %d of 90 days left: gives the notices %j', (days, expected) => {
    expect(left(days)).toEqual(expected);
  });

  test('with a third left and a failed renewal: is reported at once', () => {
    expect(left(29.99, 90, { lastFault: 'connection' })).toEqual(['certificate-due:0A1B']);
    expect(left(30.01, 90, { lastFault: 'connection' })).toEqual([]);
  });

  test('of six days: is not reported with half of it left, but in its last third', () => {
    expect(left(3, 6)).toEqual([]);
    expect(left(1.5, 6)).toEqual(['certificate-last-week:0A1B:2026-11-21']);
  });

  test('of 45 days: is reported with less than fifteen days left', () => {
    expect(left(14.9, 45, { lastFault: 'dns' })).toEqual(['certificate-due:0A1B']);
  });

  test('renewed: is not reported, and later has keys of its own by its serial number', () => {
    expect(left(29, 90, { lastFault: 'connection' })).toEqual(['certificate-due:0A1B']);
    expect(left(89, 90, { serialNumber: '0C2D' })).toEqual([]);
    expect(left(28.9, 90, { serialNumber: '0C2D' })).toEqual(['certificate-due:0C2D']);
    expect(left(6.9, 90, { serialNumber: '0C2D' })).toEqual(['certificate-last-week:0C2D:2026-11-21']);
    expect(left(-0.1, 90, { serialNumber: '0C2D' })).toEqual(['certificate-expired:0C2D:2026-11-21']);
  });

  test('in its last week: has a new key each day, the time left and the reason', () => {
    const certificate = certificateWithLeft(2.5, 90, { lastError: error });
    const [today] = noticesFor({ certificate });
    const [tomorrow] = noticesFor({ certificate, nowMs: NOW + DAY_MS });
    expect(today?.key).not.toBe(tomorrow?.key);
    expect(today?.sentence).toBe(
      'The certificate of home.test expires in 3 days and could not be renewed so far. The server said no.',
    );
    expect(noticesFor({ certificate: certificateWithLeft(0.4) })[0]?.sentence).toContain('within a day');
  });

  test('never obtained: is reported after an hour, with a key that stays the same', () => {
    const certificate = certificateStatus({ state: 'missing', notBefore: null, notAfter: null, lastError: error });
    const missing = (agoMs: number) => noticesFor({ certificate, certificateCondition: since('missing', agoMs) });
    expect(missing(HOUR_MS)).toEqual([]);
    const [first] = missing(HOUR_MS + 1);
    const later = noticesFor({
      certificate,
      certificateCondition: since('missing', HOUR_MS + 1),
      nowMs: NOW + DAY_MS,
    });
    expect(first?.key).toMatch(/^certificate-missing:2026-11-21T10:59/);
    expect(first?.sentence).toContain('The server said no.');
    expect(later.map(({ key }) => key)).toEqual([first?.key]);
  });
});

describe('the name', () => {
  test('wrong for over an hour: is reported with the reason', () => {
    const name = nameStatus({ state: 'failing', lastError: error });
    expect(noticesFor({ name, nameCondition: since('bad', HOUR_MS) })).toEqual([]);
    expect(noticesFor({ name, nameCondition: since('bad', HOUR_MS + 1) })).toEqual([
      {
        key: 'name:2026-11-21T10:59:59.999Z',
        sentence:
          'There has been a problem with home.test for more than an hour: it may not point here. The server said no.',
      },
    ]);
  });

  test('of a part without an answer for over an hour: is reported', () => {
    expect(keys({ name: null, nameCondition: since('silent', 2 * HOUR_MS) })[0]).toMatch(/^name-silent:/);
    expect(keys({ certificate: null, certificateCondition: since('silent', 2 * HOUR_MS) })[0]).toMatch(
      /^certificate-silent:/,
    );
  });

  test('not checked yet: is not reported', () => {
    expect(noticesFor({ nameCondition: undefined, reachabilityCondition: undefined })).toEqual([]);
  });
});

describe('reachability', () => {
  test.each(['port-closed', 'carrier-nat'] as const)('%s for ten minutes: is reported', (state) => {
    const reachability = { state, sentence: 'What to do.' };
    expect(noticesFor({ reachability, reachabilityCondition: since(state, 9 * 60_000) })).toEqual([]);
    expect(noticesFor({ reachability, reachabilityCondition: since(state, 10 * 60_000) })).toEqual([
      { key: `reachability-${state}:2026-11-21T11:50:00.000Z`, sentence: 'What to do.' },
    ]);
  });

  test.each(['unknown', 'wrong-address', 'local', 'reachable'] as const)('%s: is not reported', (state) => {
    expect(noticesFor({ reachability: { state, sentence: 'x' }, reachabilityCondition: since(state, DAY_MS) })).toEqual(
      [],
    );
  });
});
