import { writeFile, stat } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { IONOS_KEY, NAME } from '../providers/provider-fixture.ts';
import {
  createUpdaterFixture,
  DAY,
  HOUR,
  MINUTE,
  readState,
  type UpdaterFixture,
  type UpdaterFixtureOptions,
} from './updater-fixture.ts';

let fixture: UpdaterFixture;

async function open(options?: UpdaterFixtureOptions): Promise<UpdaterFixture> {
  fixture = await createUpdaterFixture(options);
  return fixture;
}
afterEach(() => fixture.close());

/** Lets time pass until the condition holds, for `atMostMs` at most. @returns the milliseconds that passed. */
async function pass(atMostMs: number, isReached: () => boolean): Promise<number> {
  let passed = 0;
  while (!isReached() && passed < atMostMs) passed += await fixture.clock.step();
  return passed;
}

test('a name without a record: the first check writes it, reads it back and checks the reach', async () => {
  await open();
  const status = fixture.updater.status();
  expect(status).toMatchObject({ name: NAME, provider: 'ionos', state: 'right', lastError: null });
  expect(status.addresses).toEqual([
    { family: 4, public: '8.8.4.4', served: ['8.8.4.4'], writtenAt: '2026-11-21T12:00:00.000Z' },
    { family: 6, public: null, served: [], writtenAt: null },
  ]);
  expect(status.reach).toEqual({ checkedAt: '2026-11-21T12:00:00.000Z', http: 'answered', https: 'answered' });
  expect(status.canAnswerChallenges).toBe(true);
  expect(fixture.writes()).toBe(1);
});

test('a name that stays right for a day: is not written again, and its reach is checked once more', async () => {
  await open();
  await pass(DAY, () => false);
  expect(fixture.writes()).toBe(1);
  expect(fixture.reachChecks).toBe(2);
});

test('new addresses of both families: are written at the next check', async () => {
  await open();
  Object.assign(fixture.line, { ipv4: '8.8.8.8', ipv6: '2600::2' });
  await fixture.clock.step();
  expect(fixture.updater.status().state).toBe('right');
  expect([fixture.dns.values(NAME, 'A'), fixture.dns.values(NAME, 'AAAA')]).toEqual([['8.8.8.8'], ['2600::2']]);
  expect(fixture.reachChecks).toBe(2);
});

test('a record changed by somebody else: is corrected', async () => {
  await open();
  fixture.provider.book.change('record-1', { content: '1.1.1.1' });
  await fixture.clock.step();
  expect(fixture.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
});

test('an address that changes twice in a minute: the second change is written after the cool-down', async () => {
  await open();
  fixture.line.ipv4 = '8.8.8.8';
  await fixture.clock.step();
  fixture.line.ipv4 = '8.8.8.9';
  await fixture.restart();
  expect(fixture.dns.values(NAME, 'A')).toEqual(['8.8.8.8']);
  expect(fixture.updater.status().state).toBe('wrong');
  const passed = await pass(HOUR, () => fixture.dns.values(NAME, 'A')[0] === '8.8.8.9');
  expect(passed / MINUTE).toBeCloseTo(5, 0);
});

test('an address behind carrier-grade NAT: is not written, and the error states the reason', async () => {
  await open();
  fixture.line.ipv4 = '100.72.1.9';
  await fixture.clock.step();
  expect(fixture.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
  expect(fixture.updater.status()).toMatchObject({ state: 'failing', addresses: [{ public: null }, {}] });
  expect(fixture.updater.status().lastError?.sentence).toContain('carrier-grade NAT');
});

test('a new address after days offline: the name is right within 75 minutes, without a restart', async () => {
  await open();
  fixture.line.ipv4 = undefined;
  fixture.dns.behave('silent');
  fixture.provider.fail('nothing');
  await fixture.clock.step();
  expect(fixture.updater.status()).toMatchObject({ state: 'failing' });
  expect(fixture.updater.status().lastError?.sentence).toContain('The internet connection may be down');
  fixture.dns.behave('servfail'); // faster than no answer, with the same effect
  await pass(3 * DAY, () => false);
  fixture.dns.behave('well');
  fixture.provider.behaveWell();
  fixture.line.ipv4 = '8.8.8.8';
  const passed = await pass(2 * HOUR, () => fixture.updater.status().state === 'right');
  expect(passed).toBeLessThanOrEqual(75 * MINUTE);
  expect(fixture.dns.values(NAME, 'A')).toEqual(['8.8.8.8']);
  expect(fixture.updater.status().lastError).toBeNull();
}, 240_000);

test('a provider that fails for a day: writes are retried at least every 75 minutes, until one succeeds', async () => {
  await open();
  fixture.provider.fail('error');
  fixture.line.ipv4 = '8.8.8.8';
  const before = fixture.provider.requests.length;
  await pass(DAY, () => false);
  const attempts = fixture.provider.requests.length - before;
  expect(attempts).toBeGreaterThan(20);
  expect(attempts).toBeLessThan(35);
  expect(fixture.updater.status()).toMatchObject({ state: 'failing' });
  fixture.provider.behaveWell();
  expect(await pass(2 * HOUR, () => fixture.updater.status().state === 'right')).toBeLessThanOrEqual(75 * MINUTE);
});

test('a refused key: is tried at most five times in a day with restarts, and the error stays', async () => {
  await open({ key: 'publicprefix.wrong' });
  await fixture.restart();
  await fixture.restart();
  await pass(DAY, () => false);
  const posts = fixture.provider.requests.filter(({ path }) => path === '/dns/v1/zones').length;
  expect(posts).toBeLessThanOrEqual(5);
  expect(fixture.updater.status()).toMatchObject({ state: 'failing', addresses: [{ served: [] }, {}] });
  expect(fixture.updater.faults().record?.sentence).toContain('IONOS rejects the key');
});

test('a write that the name servers do not show: the name is failing until they do', async () => {
  await open({ isDnsLagging: true });
  const passed = await pass(HOUR, () => fixture.updater.status().lastError !== null);
  expect(passed).toBe(2 * MINUTE); // of polling the name servers
  expect(fixture.updater.status().state).toBe('failing');
  expect(fixture.updater.faults().record?.sentence).toContain('name servers do not answer with it yet');
  fixture.dns.set(NAME, 'A', '8.8.4.4');
  await pass(HOUR, () => fixture.updater.status().state === 'right');
  expect(fixture.updater.status().lastError).toBeNull();
});

test('an alias at the name: is not replaced, and the error names its target', async () => {
  await open();
  fixture.dns.set(NAME, 'A');
  fixture.dns.set(NAME, 'CNAME', 'elsewhere.example');
  await fixture.clock.step();
  expect(fixture.writes()).toBe(1);
  expect(fixture.updater.status().lastError?.sentence).toContain('alias (CNAME) of elsewhere.example');
});

test('a name that is only watched: is never written, and is reported as wrong', async () => {
  await open({ isWatchedOnly: true });
  expect(fixture.updater.status()).toMatchObject({ provider: null, state: 'wrong', canAnswerChallenges: false });
  expect(fixture.updater.faults().record?.sentence).toContain('points to no address');
  expect(fixture.writes()).toBe(0);
  fixture.dns.set(NAME, 'A', '8.8.4.4');
  await fixture.clock.step();
  expect(fixture.updater.status()).toMatchObject({ state: 'right', lastError: null });
});

test('a damaged state file at the start: is replaced by a new state', async () => {
  await open();
  await writeFile(fixture.stateFile, '{"written": {"ipv4"');
  await fixture.restart();
  expect(fixture.updater.status().state).toBe('right');
  fixture.line.ipv4 = '8.8.8.8';
  await fixture.clock.step();
  expect(JSON.parse(await readState(fixture))).toMatchObject({ written: { ipv4: { address: '8.8.8.8' } } });
});

test('log and state after failed and successful writes: have no key, and the state has mode 0600', async () => {
  await open();
  for (const fault of ['error', 'html', 'redirect', 'nonsense', 'nothing'] as const) {
    fixture.provider.fail(fault);
    fixture.line.ipv4 = fixture.line.ipv4 === '8.8.8.8' ? '8.8.8.9' : '8.8.8.8';
    await pass(2 * HOUR, () => fixture.updater.status().state === 'failing');
    fixture.provider.behaveWell();
    await pass(3 * HOUR, () => fixture.updater.status().state === 'right');
  }
  const written = fixture.log() + (await readState(fixture)) + JSON.stringify(fixture.updater.status());
  for (const secret of [IONOS_KEY, IONOS_KEY.split('.')[1] ?? '']) expect(written).not.toContain(secret);
  expect((await stat(fixture.stateFile)).mode & 0o777).toBe(0o600);
});
