import { until } from '@linkcast/testing';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../../src/attempts/attempt-limits.ts';
import { parsePair } from '../../src/certificate/certificate-pair.ts';
import { startDdns } from './ddns-stand-in.ts';
import { DOMAIN_NAME, failure, newPair, openInstallation, SERVICE_KEY, type Installation } from './keeper-fixture.ts';

const DAY = 86_400_000;
const daysFromNow = (days: number) => () => new Date(Date.now() + days * DAY);
const mode = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

let installation: Installation;
beforeEach(async () => {
  installation = await openInstallation();
});
afterEach(() => installation.close());

describe('the first certificate', { timeout: 120_000 }, () => {
  test('with nginx on port 80: is obtained by HTTP-01 and published with its key in a file of mode 0600', async () => {
    const pebble = await installation.startPebble();
    const keeper = await installation.startKeeper();
    const pair = parsePair(await newPair(installation));
    const [leaf, issuer] = (pair?.pem.match(/-----BEGIN CERT[\s\S]+?END CERT\S+-----/g) ?? []).map(
      (pem) => new X509Certificate(pem),
    );
    if (!leaf || !issuer) throw new Error('a leaf and its issuer are published');

    expect(leaf.checkHost(DOMAIN_NAME)).toBe(DOMAIN_NAME);
    expect(leaf.verify(issuer.publicKey)).toBe(true);
    expect(issuer.verify(new X509Certificate(await pebble.root()).publicKey)).toBe(true);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(await mode(installation.pairFile)).toBe(0o600);
    expect(await mode(installation.stateDirectory)).toBe(0o700);
    expect(await keeper.status()).toMatchObject({
      ...{ name: DOMAIN_NAME, state: 'valid', challenge: 'http-01', lastFault: null, lastError: null },
      ...{ serialNumber: pair?.serialNumber, validatedAt: expect.any(String) as string },
      nextAttemptAt: expect.any(String) as string,
    });
  });

  test('with 40 % of the nonces rejected: is still obtained', async () => {
    await installation.startPebble({ nonceReject: 40 });
    await installation.startKeeper({ limits: { ...ATTEMPT_LIMITS, retryDelaysMs: [100], failuresPerHour: 1000 } });
    expect(parsePair(await newPair(installation))?.isFor(DOMAIN_NAME)).toBe(true);
  });

  test('without an answer on port 80: is obtained by DNS-01, which is also tried first at the renewal', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await installation.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const ddns = await startDdns(installation.dns);
    try {
      const keeper = await installation.startKeeper({ ddnsUrl: ddns.url });
      const first = await newPair(installation);
      expect(await keeper.status()).toMatchObject({ challenge: 'dns-01', lastFault: null });
      await keeper.stop();
      await installation.startKeeper({ ddnsUrl: ddns.url, now: daysFromNow(4) });
      await newPair(installation, first);
    } finally {
      await ddns.stop();
    }
    const set = `POST /challenges Bearer ${SERVICE_KEY}`;
    const removed = `DELETE /challenges Bearer ${SERVICE_KEY}`;
    expect(ddns.requests.filter((line) => !line.startsWith('GET'))).toEqual([set, removed, set, removed]);
    expect(ddns.requests.every((line) => line.includes(' /challenges '))).toBe(true);
    const record = await readAttempts(installation);
    expect(record).toMatchObject({ workingChallenge: 'dns-01', failuresInRow: 0 });
    expect(record.failedAt).toHaveLength(1);
  });

  test('with the domain name not pointing here yet: no attempt is made until it does', async () => {
    installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.99');
    await installation.startPebble();
    const ddns = await startDdns(installation.dns);
    ddns.setState('wrong');
    try {
      const limits = { ...ATTEMPT_LIMITS, retryDelaysMs: [1000] };
      const keeper = await installation.startKeeper({ ddnsUrl: ddns.url, limits });
      await until(() => ddns.requests.length >= 2);
      expect(await keeper.status()).toMatchObject({ state: 'missing', challenge: null, lastError: null });
      installation.dns.set(DOMAIN_NAME, 'A', '127.0.0.1');
      ddns.setState('right');
      await newPair(installation);
      expect(await keeper.status()).toMatchObject({ state: 'valid', challenge: 'http-01' });
    } finally {
      await ddns.stop();
    }
    expect((await readAttempts(installation)).failedAt).toEqual([]);
  });

  test('with a DNS record that cannot be set: the ACME server queries no record, and the status has the reason', async () => {
    await installation.startPebble();
    const ddns = await startDdns(installation.dns);
    ddns.refuse();
    try {
      const keeper = await installation.startKeeper({ ddnsUrl: ddns.url, challenge: 'dns-01' });
      const status = await failure(keeper);
      expect(status).toMatchObject({ state: 'missing', lastFault: 'dns', challenge: 'dns-01' });
      expect(status.lastError?.sentence).toContain('could not be set');
    } finally {
      await ddns.stop();
    }
    expect(installation.dns.queries.filter(({ type }) => type === 'TXT')).toEqual([]);
  });
});

describe('renewal', { timeout: 120_000 }, () => {
  test('with a lifetime of six days: happens after half of it and not before, with a new key', async () => {
    await installation.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await installation.startKeeper();
    const before = await newPair(installation);
    await first.stop();

    const second = await installation.startKeeper({ now: daysFromNow(2) });
    await until(async () => (await second.status()).nextAttemptAt);
    await second.stop();
    expect(await installation.published()).toBe(before);

    await installation.startKeeper({ now: daysFromNow(4) });
    const after = parsePair(await newPair(installation, before));
    expect(after?.serialNumber).not.toBe(parsePair(before)?.serialNumber);
    expect(after?.pem.includes(before.split('\n')[1] ?? 'no key')).toBe(false);
  });

  test('with the ACME server unreachable: the old pair stays published, and the status becomes due, then expired', async () => {
    const pebble = await installation.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await installation.startKeeper();
    const pair = await newPair(installation);
    await first.stop();
    await pebble.kill();

    const second = await installation.startKeeper({ now: daysFromNow(5) });
    expect(await failure(second)).toMatchObject({ state: 'due', lastFault: 'other' });
    await second.stop();
    const third = await installation.startKeeper({ now: daysFromNow(7) });
    expect(await third.status()).toMatchObject({ state: 'expired' });
    expect(await installation.published()).toBe(pair);
  });
});

describe('publishing', { timeout: 120_000 }, () => {
  test('after a failure to write the pair: the next keeper publishes it without a request to the ACME server', async () => {
    const pebble = await installation.startPebble();
    await mkdir(path.join(installation.pairFile, 'in-the-way'), { recursive: true });
    const keeper = await installation.startKeeper();
    const status = await failure(keeper);
    expect(status.lastError?.sentence).toContain('could not be saved');
    expect(status.lastFault).toBeNull();
    await keeper.stop();
    await pebble.kill();

    await rm(installation.pairFile, { recursive: true });
    const next = await installation.startKeeper();
    await newPair(installation);
    expect(await until(async () => (await next.status()).nextAttemptAt)).not.toBeNull();
    expect(await next.status()).toMatchObject({ state: 'valid', lastError: null, lastFault: null });
  });

  test('with another domain name set: the old pair is deleted, and published again when the old name is set again', async () => {
    await installation.startPebble();
    const first = await installation.startKeeper();
    const pair = await newPair(installation);
    await first.stop();

    const elsewhere = await installation.startKeeper({
      domainName: 'other.linkcast.test',
      directoryUrl: 'https://127.0.0.1:1/',
    });
    expect(await failure(elsewhere)).toMatchObject({ state: 'missing' });
    expect(await installation.published()).toBe('');
    await elsewhere.stop();

    await installation.startKeeper();
    expect(await newPair(installation)).toBe(pair);
  });

  test('with another ACME server set: the old pair stays published until the new server has issued one', async () => {
    const pebble = await installation.startPebble();
    const first = await installation.startKeeper();
    const pair = await newPair(installation);
    await first.stop();
    const elsewhere = await installation.startKeeper({ directoryUrl: 'https://127.0.0.1:1/dir' });
    expect(await failure(elsewhere)).toMatchObject({ state: 'valid' });
    expect(await installation.published()).toBe(pair);
    await elsewhere.stop();
    await pebble.stop();

    await installation.startPebble();
    await installation.startKeeper();
    expect(await newPair(installation, pair)).not.toBe(pair);
  });

  test('with key and certificate mismatched after certbot was killed: the mismatched pair is replaced and never published', async () => {
    await installation.startPebble({ validitySeconds: (6 * DAY) / 1000 });
    const first = await installation.startKeeper();
    const before = await newPair(installation);
    await first.stop();
    const second = await installation.startKeeper({ now: daysFromNow(4) });
    const pair = await newPair(installation, before);
    await second.stop();

    const live = path.join(installation.stateDirectory, 'config/live');
    const [lineage = ''] = (await readdir(live)).filter((name) => name !== 'README');
    const key = path.join(live, lineage, 'privkey.pem');
    await rm(key);
    await symlink(`../../archive/${lineage}/privkey1.pem`, key);
    await rm(installation.pairFile);
    await installation.startKeeper();
    expect(await newPair(installation)).toBe(pair);
  });

  test('with an incomplete lineage left by certbot: the lineage is deleted, and a certificate obtained', async () => {
    await installation.startPebble();
    const first = await installation.startKeeper();
    const pair = await newPair(installation);
    await first.stop();
    const renewal = path.join(installation.stateDirectory, 'config/renewal');
    for (const file of await readdir(renewal)) await rm(path.join(renewal, file));
    const live = path.join(installation.stateDirectory, 'config/live');
    for (const name of (await readdir(live)).filter((one) => one !== 'README')) {
      await rm(path.join(live, name, 'privkey.pem'));
      await chmod(path.join(live, name), 0o700);
    }
    await installation.startKeeper();
    expect(await newPair(installation, pair)).not.toBe(pair);
  });
});

interface StoredAttempts {
  readonly failedAt: readonly number[];
}

async function readAttempts({ stateDirectory }: Installation): Promise<StoredAttempts> {
  const directory = path.join(stateDirectory, 'attempts');
  const [file = ''] = await readdir(directory);
  return JSON.parse(await readFile(path.join(directory, file), 'utf8')) as StoredAttempts; // as the keeper wrote it
}
