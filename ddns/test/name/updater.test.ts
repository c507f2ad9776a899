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

/** Lets time pass until the condition holds, at most so long. @returns how long it took. */
async function pass(atMostMs: number, isReached: () => boolean): Promise<number> {
  let passed = 0;
  while (!isReached() && passed < atMostMs) passed += await home.clock.step();
  return passed;
}

test('a name without a record at the first look is written, read back and right, and reach is tried', async () => {
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

test('a name that is right, looked at for a day, is written never and tried to be reached once more', async () => {
  await open();
  await pass(DAY, () => false);
  expect(home.writes()).toBe(1);
  expect(home.reachChecks).toBe(2);
});

test('a new address is written at the next look, for both families', async () => {
  await open();
  Object.assign(home.line, { ipv4: '8.8.8.8', ipv6: '2600::2' });
  await home.clock.step();
  expect(home.updater.status().state).toBe('right');
  expect([home.dns.values(NAME, 'A'), home.dns.values(NAME, 'AAAA')]).toEqual([['8.8.8.8'], ['2600::2']]);
  expect(home.reachChecks).toBe(2);
});

test('a record that somebody else changed is put right', async () => {
  await open();
  home.provider.book.change('record-1', { content: '1.1.1.1' });
  await home.clock.step();
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
});

test('an address that changes twice in a minute is written once, and again after the cool-down', async () => {
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

test('an address behind carrier-grade NAT is not written, and the sentence says so', async () => {
  await open();
  home.line.ipv4 = '100.72.1.9';
  await home.clock.step();
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.4.4']);
  expect(home.updater.status()).toMatchObject({ state: 'failing', addresses: [{ public: null }, {}] });
  expect(home.updater.status().lastError?.sentence).toContain('carrier-grade NAT');
});

test('days offline, then a new address: the name is right again within an hour and a quarter, without a restart', async () => {
  await open();
  home.line.ipv4 = undefined;
  home.dns.behave('silent');
  home.provider.fail('nothing');
  await home.clock.step();
  expect(home.updater.status()).toMatchObject({ state: 'failing' });
  expect(home.updater.status().lastError?.sentence).toContain('The line may be down');
  home.dns.behave('servfail'); // quicker than silence, and no less offline
  await pass(3 * DAY, () => false);
  home.dns.behave('well');
  home.provider.behaveWell();
  home.line.ipv4 = '8.8.8.8';
  const passed = await pass(2 * HOUR, () => home.updater.status().state === 'right');
  expect(passed).toBeLessThanOrEqual(75 * MINUTE);
  expect(home.dns.values(NAME, 'A')).toEqual(['8.8.8.8']);
  expect(home.updater.status().lastError).toBeNull();
}, 240_000);

test('a provider that fails for a day is asked ever more rarely, at least every 75 minutes, and then it is right', async () => {
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

test('a refused key is tried four times a day, through restarts too, and the sentence is kept', async () => {
  await open({ key: 'publicprefix.wrong' });
  await home.restart();
  await home.restart();
  await pass(DAY, () => false);
  const posts = home.provider.requests.filter(({ path }) => path === '/dns/v1/zones').length;
  expect(posts).toBeLessThanOrEqual(5);
  expect(home.updater.status()).toMatchObject({ state: 'failing', addresses: [{ served: [] }, {}] });
  expect(home.updater.faults().record).toContain('IONOS refuses the key');
});

test('a write that the name servers do not show is not called right, and tried again with a growing wait', async () => {
  await open({ isDnsLagging: true });
  const passed = await pass(HOUR, () => home.updater.status().lastError !== null);
  expect(passed).toBe(2 * MINUTE); // of reading back
  expect(home.updater.status().state).toBe('failing');
  expect(home.updater.faults().record).toContain('name servers do not answer with it yet');
  home.dns.set(NAME, 'A', '8.8.4.4');
  await pass(HOUR, () => home.updater.status().state === 'right');
  expect(home.updater.status().lastError).toBeNull();
});

test('an alias at the name is not written over, and the sentence names its target', async () => {
  await open();
  home.dns.set(NAME, 'A');
  home.dns.set(NAME, 'CNAME', 'elsewhere.example');
  await home.clock.step();
  expect(home.writes()).toBe(1);
  expect(home.updater.status().lastError?.sentence).toContain('alias (CNAME) of elsewhere.example');
});

test('a name that is only watched is never written, and told as wrong', async () => {
  await open({ isWatchedOnly: true });
  expect(home.updater.status()).toMatchObject({ provider: null, state: 'wrong', canAnswerChallenges: false });
  expect(home.updater.faults().record).toContain('leads to nowhere');
  expect(home.writes()).toBe(0);
  home.dns.set(NAME, 'A', '8.8.4.4');
  await home.clock.step();
  expect(home.updater.status()).toMatchObject({ state: 'right', lastError: null });
});

test('a damaged state file, read at the start, is begun anew', async () => {
  await open();
  await writeFile(home.stateFile, '{"written": {"ipv4"');
  await home.restart();
  expect(home.updater.status().state).toBe('right');
  home.line.ipv4 = '8.8.8.8';
  await home.clock.step();
  expect(JSON.parse(await readState(home))).toMatchObject({ written: { ipv4: { address: '8.8.8.8' } } });
});

test('log and state, after good and bad writes, hold no key, and the state is for us alone', async () => {
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
