import { writeFile, stat } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { IONOS_KEY, NAME } from '../providers/provider-fixture.ts';
import {
  createUpdaterHome,
  DAY,
  HOUR,
  MINUTE,
  readState,
  type UpdaterHome,
  type UpdaterHomeOptions,
} from './updater-fixture.ts';

let home: UpdaterHome;

async function open(options?: UpdaterHomeOptions): Promise<UpdaterHome> {
  home = await createUpdaterHome(options);
  return home;
}
afterEach(() => home.close());

/** Lets time pass until the condition holds, for `atMostMs` at most. @returns the milliseconds that passed. */
async function pass(atMostMs: number, isReached: () => boolean): Promise<number> {
  let passed = 0;
  while (!isReached() && passed < atMostMs) passed += await home.clock.step();
  return passed;
}

test('a name without a record: the first check writes it, reads it back and checks the reach', async () => {
  await open();
  const status = home.updater.status();
  expect(status).toMatchObject({ name: NAME, provider: 'ionos', state: 'right', lastError: null });
  expect(status.addresses).toEqual([
    { family: 4, public: '8.8.4.4', served: ['8.8.4.4'], writtenAt: '2026-11-21T12:00:00.000Z' },
    { family: 6, public: null, served: [], writtenAt: null },
  ]);
  expect(status.reach).toEqual({ checkedAt: '2026-11-21T12:00:00.000Z', http: 'answered', https: 'answered' });
  expect(status.canAnswerChallenges).toBe(true);
  expect(home.writes()).toBe(1);
});

test('a name that stays right for a day: is not written again, and its reach is checked once more', async () => {
  await open();
  await pass(DAY, () => false);
  expect(home.writes()).toBe(1);
  expect(home.reachChecks).toBe(2);
});

test('a new address of both families: is written at the next check', async () => {
  await open();
  Object.assign(home.line, { ipv4: '8.8.8.8', ipv6: '2600::2' });
  await home.clock.step();
  expect(home.updater.status().state).toBe('right');
  expect([home.dns.values(NAME, 'A'), home.dns.values(NAME, 'AAAA')]).toEqual([['8.8.8.8'], ['2600::2']]);
  expect(home.reachChecks).toBe(2);
});

test('a record that somebody else changed: is corrected', async () => {
  await open();
  home.provider.book.change('record-1', { content: '1.1.1.1' });
  await home.clock.step();
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
});

test('an address that changes twice in a minute: is written once, and again after the cool-down', async () => {
  await open();
  home.line.ipv4 = '8.8.8.8';
  await home.clock.step();
  home.line.ipv4 = '8.8.8.9';
  await home.restart();
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.8.8']);
  expect(home.updater.status().state).toBe('wrong');
  const passed = await pass(HOUR, () => home.dns.values(NAME, 'A')[0] === '8.8.8.9');
  expect(passed / MINUTE).toBeCloseTo(5, 0);
});

test('an address behind carrier-grade NAT: is not written, and the error says so', async () => {
  await open();
  home.line.ipv4 = '100.72.1.9';
  await home.clock.step();
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
  expect(home.updater.status()).toMatchObject({ state: 'failing', addresses: [{ public: null }, {}] });
  expect(home.updater.status().lastError?.sentence).toContain('carrier-grade NAT');
});

test('days offline, then a new address: the name is right again within 75 minutes, without a restart', async () => {
  await open();
  home.line.ipv4 = undefined;
  home.dns.behave('silent');
  home.provider.fail('nothing');
  await home.clock.step();
  expect(home.updater.status()).toMatchObject({ state: 'failing' });
  expect(home.updater.status().lastError?.sentence).toContain('The line may be down');
  home.dns.behave('servfail'); // faster than no answer, with the same effect
  await pass(3 * DAY, () => false);
  home.dns.behave('well');
  home.provider.behaveWell();
  home.line.ipv4 = '8.8.8.8';
  const passed = await pass(2 * HOUR, () => home.updater.status().state === 'right');
  expect(passed).toBeLessThanOrEqual(75 * MINUTE);
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.8.8']);
  expect(home.updater.status().lastError).toBeNull();
}, 240_000);

test('a provider that fails for a day: the writes become rarer, at least one every 75 minutes, and the name is right after it', async () => {
  await open();
  home.provider.fail('error');
  home.line.ipv4 = '8.8.8.8';
  const before = home.provider.requests.length;
  await pass(DAY, () => false);
  const attempts = home.provider.requests.length - before;
  expect(attempts).toBeGreaterThan(20);
  expect(attempts).toBeLessThan(35);
  expect(home.updater.status()).toMatchObject({ state: 'failing' });
  home.provider.behaveWell();
  expect(await pass(2 * HOUR, () => home.updater.status().state === 'right')).toBeLessThanOrEqual(75 * MINUTE);
});

test('a refused key: is tried four times a day, also with restarts, and the error stays', async () => {
  await open({ key: 'publicprefix.wrong' });
  await home.restart();
  await home.restart();
  await pass(DAY, () => false);
  const posts = home.provider.requests.filter(({ path }) => path === '/dns/v1/zones').length;
  expect(posts).toBeLessThanOrEqual(5);
  expect(home.updater.status()).toMatchObject({ state: 'failing', addresses: [{ served: [] }, {}] });
  expect(home.updater.faults().record).toContain('IONOS refuses the key');
});

test('a write that the name servers do not show: the name is not right, and the write is retried with a growing wait', async () => {
  await open({ isDnsLagging: true });
  const passed = await pass(HOUR, () => home.updater.status().lastError !== null);
  expect(passed).toBe(2 * MINUTE); // of polling the name servers
  expect(home.updater.status().state).toBe('failing');
  expect(home.updater.faults().record).toContain('name servers do not answer with it yet');
  home.dns.set(NAME, 'A', '8.8.4.4');
  await pass(HOUR, () => home.updater.status().state === 'right');
  expect(home.updater.status().lastError).toBeNull();
});

test('an alias at the name: is not replaced, and the error names its target', async () => {
  await open();
  home.dns.set(NAME, 'A');
  home.dns.set(NAME, 'CNAME', 'elsewhere.example');
  await home.clock.step();
  expect(home.writes()).toBe(1);
  expect(home.updater.status().lastError?.sentence).toContain('alias (CNAME) of elsewhere.example');
});

test('a name that is only watched: is never written, and is reported as wrong', async () => {
  await open({ isWatchedOnly: true });
  expect(home.updater.status()).toMatchObject({ provider: null, state: 'wrong', canAnswerChallenges: false });
  expect(home.updater.faults().record).toContain('leads to nowhere');
  expect(home.writes()).toBe(0);
  home.dns.set(NAME, 'A', '8.8.4.4');
  await home.clock.step();
  expect(home.updater.status()).toMatchObject({ state: 'right', lastError: null });
});

test('a damaged state file at the start: is replaced by a new state', async () => {
  await open();
  await writeFile(home.stateFile, '{"written": {"ipv4"');
  await home.restart();
  expect(home.updater.status().state).toBe('right');
  home.line.ipv4 = '8.8.8.8';
  await home.clock.step();
  expect(JSON.parse(await readState(home))).toMatchObject({ written: { ipv4: { address: '8.8.8.8' } } });
});

test('log and state after good and bad writes: hold no key, and only we can read the state', async () => {
  await open();
  for (const fault of ['error', 'html', 'redirect', 'nonsense', 'nothing'] as const) {
    home.provider.fail(fault);
    home.line.ipv4 = home.line.ipv4 === '8.8.8.8' ? '8.8.8.9' : '8.8.8.8';
    await pass(2 * HOUR, () => home.updater.status().state === 'failing');
    home.provider.behaveWell();
    await pass(3 * HOUR, () => home.updater.status().state === 'right');
  }
  const written = home.log() + (await readState(home)) + JSON.stringify(home.updater.status());
  for (const secret of [IONOS_KEY, IONOS_KEY.split('.')[1] ?? '']) expect(written).not.toContain(secret);
  expect((await stat(home.stateFile)).mode & 0o777).toBe(0o600);
});
