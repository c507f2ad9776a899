import type { CookieJar } from '@linkcast/contracts';
import { expect, test } from 'vitest';
import { createCookieSource } from '../../src/notices/sources/cookie-source.ts';
import { createProfilesSource } from '../../src/notices/sources/profiles-source.ts';

const fault = (line: number) => ({ line, field: 'profiles', fault: 'is missing' });
const jar = (site: string, state: CookieJar['state'], expiresAt: string | null): CookieJar => ({
  ...{ id: site, site, use: 'everyone', count: 1, changedAt: '2026-11-01T00:00:00.000Z', state, expiresAt },
});
const ENDS = '2026-12-01T00:00:00.000Z';
const NOTHING = new Map<string, never>();

test('profiles without faults: are no condition', async () => {
  expect(await createProfilesSource({ faults: () => [] }).observe(NOTHING)).toEqual([]);
});

test('profiles with faults: are one condition, with the first line', async () => {
  expect(await createProfilesSource({ faults: () => [fault(3), fault(7)] }).observe(NOTHING)).toMatchObject([
    { code: 'profiles-faulty', message: { code: 'profiles-faulty-notice', facts: { count: 2, line: 3 } } },
  ]);
});

test('cookies of the installation: are a condition each, a while before their end and at it', async () => {
  const jars = [
    jar('good.example', 'valid', null),
    jar('soon.example', 'expiring', ENDS),
    jar('over.example', 'expired', ENDS),
  ];
  const source = createCookieSource({ ofInstallation: () => Promise.resolve(jars) });
  expect(await source.observe(NOTHING)).toMatchObject([
    { code: 'cookies-expiring-soon.example', message: { code: 'cookies-expiring-notice', facts: { until: ENDS } } },
    { code: 'cookies-expired-over.example', message: { code: 'cookies-expired-notice' } },
  ]);
});
