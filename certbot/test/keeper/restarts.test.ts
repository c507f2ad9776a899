import { until } from '@linkcast/testing';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../../src/attempts/attempt-limits.ts';
import { failure, newPair, openInstallation, type Installation } from './keeper-fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let installation: Installation;
let runs: string;
beforeEach(async () => {
  installation = await openInstallation();
  runs = path.join(installation.directory, 'runs');
});
afterEach(() => installation.close());

/** Writes a program in place of certbot that counts each run and then runs `rest`. */
const writeCertbot = (rest: string): Promise<string> =>
  installation.writeProgram(`[ "$1" = --version ] && { echo certbot 2.1.0; exit; }\necho run >> '${runs}'\n${rest}`);
const countRuns = async (): Promise<number> => (await readFile(runs, 'utf8').catch(() => '')).split('run').length - 1;

test('a restart loop: attempts stay within the hourly limit, and the next one is an hour after the first', async () => {
  const certbotFile = await writeCertbot('exit 1');
  const startedAt = Date.now();
  for (let start = 1; start <= 8; start += 1) {
    const keeper = await installation.startKeeper({ certbotFile, limits: ATTEMPT_LIMITS });
    const { nextAttemptAt } = await until(async () => {
      const status = await keeper.status();
      return status.nextAttemptAt !== null && status;
    });
    await keeper.stop();
    const isOverLimit = start >= ATTEMPT_LIMITS.failuresPerHour;
    if (isOverLimit) expect(Date.parse(nextAttemptAt ?? '')).toBeGreaterThan(startedAt + 0.99 * HOUR);
  }
  expect(await countRuns()).toBe(ATTEMPT_LIMITS.failuresPerHour);
});

test('a keeper stopped during each attempt: these attempts count towards the hourly limit', async () => {
  const certbotFile = await writeCertbot('exec sleep 300');
  for (let start = 1; start <= 6; start += 1) {
    const keeper = await installation.startKeeper({ certbotFile, limits: ATTEMPT_LIMITS });
    const expected = Math.min(start, ATTEMPT_LIMITS.failuresPerHour);
    await until(async () => (await countRuns()) === expected);
    if (start > expected) await until(async () => (await keeper.status()).nextAttemptAt);
    await keeper.stop();
  }
  expect(await countRuns()).toBe(ATTEMPT_LIMITS.failuresPerHour);
});

test(
  'an ACME server that does not respond to certbot: the status has an error only when a renewal is due',
  { timeout: 120_000 },
  async () => {
    await installation.startPebble();
    const first = await installation.startKeeper();
    await newPair(installation);
    await first.stop();
    const certbotFile = await installation.writeProgram(`
    [ "$1" = --version ] && { echo certbot 5.5.0; exit; }
    while [ "$1" != --logs-dir ]; do shift; done
    echo 'requests.exceptions.ConnectionError: refused' > "$2/letsencrypt.log"
    exit 1`);
    const second = await installation.startKeeper({ certbotFile });
    await until(async () => (await second.status()).nextAttemptAt);
    expect(await second.status()).toMatchObject({ state: 'valid', lastError: null, lastFault: null });
    await second.stop();

    const third = await installation.startKeeper({ certbotFile, now: () => new Date(Date.now() + 4 * 365 * DAY) });
    expect((await failure(third)).lastError?.sentence).toContain('is not responding');
  },
);

test('a missing certbot program: the status has the error', async () => {
  const status = await failure(await installation.startKeeper({ certbotFile: '/nowhere/certbot' }));
  expect(status.lastError?.sentence).toContain('certbot is missing');
});
