import { until } from '@linkcast/testing';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../../src/attempts/attempt-limits.ts';
import { parsePair } from '../../src/certificate/certificate-pair.ts';
import { startDdns } from './ddns-stand-in.ts';
import { DOMAIN_NAME, failure, newPair, openHome, SERVICE_KEY, type Home } from './keeper-fixture.ts';

const DAY = 86_400_000;
const daysFromNow = (days: number) => () => new Date(Date.now() + days * DAY);
const mode = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

let home: Home;
beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

describe('the first certificate', { timeout: 120_000 }, () => {
  test('is obtained by HTTP-01 through nginx and published with its key, for nobody else to read', async () => {
    const pebble = await home.startPebble();
    const keeper = await home.startKeeper();
    const pair = parsePair(await newPair(home));
    const [leaf, issuer] = (pair?.pem.match(/-----BEGIN CERT[\s\S]+?END CERT\S+-----/g) ?? []).map(
      (pem) => new X509Certificate(pem),
    );
    if (!leaf || !issuer) throw new Error('a leaf and its issuer are published');

    expect(leaf.checkHost(DOMAIN_NAME)).toBe(DOMAIN_NAME);
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(issuer.verify(new X509Certificate(await pebble.root()).publicKey)).toBe(true);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(await mode(home.pairFile)).toBe(0o600);
    expect(await mode(home.stateDirectory)).toBe(0o700);
    expect(await keeper.status()).toMatchObject({
      ...{ name: DOMAIN_NAME, state: 'valid', challenge: 'http-01', lastFault: null, lastError: null },
      ...{ serialNumber: pair?.serialNumber, validatedAt: expect.any(String) as string },
      nextAttemptAt: expect.any(String) as string,
    });
  });

  test('is obtained although the server rejects 40 % of the nonces', async () => {
    await home.startPebble({ nonceReject: 40 });
    await home.startKeeper({ limits: { ...ATTEMPT_LIMITS, retryDelaysMs: [100], failuresPerHour: 1000 } });
    expect(parsePair(await newPair(home))?.isFor(DOMAIN_NAME)).toBe(true);
  });

  test('nobody answers on port 80: it is obtained by DNS-01, which is tried first from then on', async () => {
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await home.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const ddns = await startDdns(home.dns);
    try {
      const keeper = await home.startKeeper({ ddnsUrl: ddns.url });
      const first = await newPair(home);
      expect(await keeper.status()).toMatchObject({ challenge: 'dns-01', lastFault: null });
      await keeper.stop();
      await home.startKeeper({ ddnsUrl: ddns.url, now: daysFromNow(4) });
      await newPair(home, first);
    } finally {
      await ddns.stop();
    }
    const set = `POST /challenges Bearer ${SERVICE_KEY}`;
    const removed = `DELETE /challenges Bearer ${SERVICE_KEY}`;
    expect(ddns.requests.filter((line) => !line.startsWith('GET'))).toEqual([set, removed, set, removed]);
    expect(ddns.requests.every((line) => line.includes(' /challenges '))).toBe(true);
    const record = await readAttempts(home);
    expect(record).toMatchObject({ workingChallenge: 'dns-01', failuresInRow: 0 });
    expect(record.failedAt).toHaveLength(1);
  });

  test('the name does not lead here yet: no validation is wasted, and it is obtained as soon as the name is right', async () => {
    home.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await home.startPebble();
    const ddns = await startDdns(home.dns);
    ddns.setState('wrong');
    try {
      const limits = { ...ATTEMPT_LIMITS, retryDelaysMs: [1000] };
      const keeper = await home.startKeeper({ ddnsUrl: ddns.url, limits });
      await until(() => ddns.requests.length >= 2);
      expect(await keeper.status()).toMatchObject({ state: 'missing', challenge: null, lastError: null });
      home.dns.set(DOMAIN_NAME, 'A', '127.0.0.1');
      ddns.setState('right');
      await newPair(home);
      expect(await keeper.status()).toMatchObject({ state: 'valid', challenge: 'http-01' });
    } finally {
      await ddns.stop();
    }
    expect((await readAttempts(home)).failedAt).toEqual([]);
  });

  test('the record cannot be set: the server is not asked to look for it, and the reason is told', async () => {
    await home.startPebble();
    const ddns = await startDdns(home.dns);
    ddns.refuse();
    try {
      const keeper = await home.startKeeper({ ddnsUrl: ddns.url, challenge: 'dns-01' });
      const status = await failure(keeper);
      expect(status).toMatchObject({ state: 'missing', lastFault: 'dns', challenge: 'dns-01' });
      expect(status.lastError?.sentence).toContain('could not be set');
    } finally {
      await ddns.stop();
    }
    expect(home.dns.queries.filter(({ type }) => type === 'TXT')).toEqual([]);
  });
});

describe('renewal', { timeout: 120_000 }, () => {
  test('is made when half of a short life is over and not before, with a new key, and published', async () => {
    await home.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await home.startKeeper();
    const before = await newPair(home);
    await first.stop();

    const second = await home.startKeeper({ now: daysFromNow(2) });
    await until(async () => (await second.status()).nextAttemptAt);
    await second.stop();
    expect(await home.published()).toBe(before);

    await home.startKeeper({ now: daysFromNow(4) });
    const after = parsePair(await newPair(home, before));
    expect(after?.serialNumber).not.toBe(parsePair(before)?.serialNumber);
    expect(after?.pem.includes(before.split('\n')[1] ?? 'no key')).toBe(false);
  });

  test('fails: the old pair stays in place, and the status says that it is due, then expired', async () => {
    const pebble = await home.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await home.startKeeper();
    const pair = await newPair(home);
    await first.stop();
    await pebble.kill();

    const second = await home.startKeeper({ now: daysFromNow(5) });
    expect(await failure(second)).toMatchObject({ state: 'due', lastFault: 'other' });
    await second.stop();
    const third = await home.startKeeper({ now: daysFromNow(7) });
    expect(await third.status()).toMatchObject({ state: 'expired' });
    expect(await home.published()).toBe(pair);
  });
});

describe('publishing', { timeout: 120_000 }, () => {
  test('the keeper ends between obtaining and publishing: the next one publishes without asking the server', async () => {
    const pebble = await home.startPebble();
    await mkdir(path.join(home.pairFile, 'in-the-way'), { recursive: true });
    const keeper = await home.startKeeper();
    const status = await failure(keeper);
    expect(status.lastError?.sentence).toContain('could not be put in place');
    expect(status.lastFault).toBeNull();
    await keeper.stop();
    await pebble.kill();

    await rm(home.pairFile, { recursive: true });
    const next = await home.startKeeper();
    await newPair(home);
    expect(await until(async () => (await next.status()).nextAttemptAt)).not.toBeNull();
    expect(await next.status()).toMatchObject({ state: 'valid', lastError: null, lastFault: null });
  });

  test('another name is set: the pair of the old one is withdrawn, and published again when it comes back', async () => {
    await home.startPebble();
    const first = await home.startKeeper();
    const pair = await newPair(home);
    await first.stop();

    const elsewhere = await home.startKeeper({
      domainName: 'other.linkcast.test',
      directoryUrl: 'https://127.0.0.1:1/',
    });
    expect(await failure(elsewhere)).toMatchObject({ state: 'missing' });
    expect(await home.published()).toBe('');
    await elsewhere.stop();

    await home.startKeeper();
    expect(await newPair(home)).toBe(pair);
  });

  test('another ACME server is set: the pair stays in place until there is one from there', async () => {
    const pebble = await home.startPebble();
    const first = await home.startKeeper();
    const pair = await newPair(home);
    await first.stop();
    const elsewhere = await home.startKeeper({ directoryUrl: 'https://127.0.0.1:1/dir' });
    expect(await failure(elsewhere)).toMatchObject({ state: 'valid' });
    expect(await home.published()).toBe(pair);
    await elsewhere.stop();
    await pebble.stop();

    await home.startPebble();
    await home.startKeeper();
    expect(await newPair(home, pair)).not.toBe(pair);
  });

  test('certbot was killed between swapping key and certificate: the torn pair is mended, and never published', async () => {
    await home.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await home.startKeeper();
    const before = await newPair(home);
    await first.stop();
    const second = await home.startKeeper({ now: daysFromNow(4) });
    const pair = await newPair(home, before);
    await second.stop();

    const live = path.join(home.stateDirectory, 'config/live');
    const [lineage = ''] = (await readdir(live)).filter((name) => name !== 'README');
    const key = path.join(live, lineage, 'privkey.pem');
    await rm(key);
    await symlink(`../../archive/${lineage}/privkey1.pem`, key);
    await rm(home.pairFile);
    await home.startKeeper();
    expect(await newPair(home)).toBe(pair);
  });

  test('certbot left half a lineage: it is cleared away, and a certificate obtained', async () => {
    await home.startPebble();
    const first = await home.startKeeper();
    const pair = await newPair(home);
    await first.stop();
    const renewal = path.join(home.stateDirectory, 'config/renewal');
    for (const file of await readdir(renewal)) await rm(path.join(renewal, file));
    const live = path.join(home.stateDirectory, 'config/live');
    for (const name of (await readdir(live)).filter((one) => one !== 'README')) {
      await rm(path.join(live, name, 'privkey.pem'));
      await chmod(path.join(live, name), 0o700);
    }
    await home.startKeeper();
    expect(await newPair(home, pair)).not.toBe(pair);
  });
});

interface Record {
  readonly failedAt: readonly number[];
}

async function readAttempts({ stateDirectory }: Home): Promise<Record> {
  const directory = path.join(stateDirectory, 'attempts');
  const [file = ''] = await readdir(directory);
  return JSON.parse(await readFile(path.join(directory, file), 'utf8')) as Record; // as the keeper wrote it
}
