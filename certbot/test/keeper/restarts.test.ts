import { until } from '@linkcast/testing';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ATTEMPT_LIMITS } from '../../src/attempts/attempt-limits.ts';
import { failure, newPair, openHome, type Home } from './keeper-fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let home: Home;
let runs: string;
beforeEach(async () => {
  home = await openHome();
  runs = path.join(home.directory, 'runs');
});
afterEach(() => home.close());

/** A program that is called certbot, notes each run, and then does what the rest says. */
const writeCertbot = (rest: string): Promise<string> =>
  home.writeProgram(`[ "$1" = --version ] && { echo certbot 2.1.0; exit; }\necho run >> '${runs}'\n${rest}`);
const countRuns = async (): Promise<number> => (await readFile(runs, 'utf8').catch(() => '')).split('run').length - 1;

test('a restart loop: the limit per hour holds, and the next attempt is an hour after the first', async () => {
  const certbotFile = await writeCertbot('exit 1');
  const startedAt = Date.now();
  for (let start = 1; start <= 8; start += 1) {
    const keeper = await home.startKeeper({ certbotFile, limits: ATTEMPT_LIMITS });
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

test('stopped in the middle of each attempt: these count too', async () => {
  const certbotFile = await writeCertbot('exec sleep 300');
  for (let start = 1; start <= 6; start += 1) {
    const keeper = await home.startKeeper({ certbotFile, limits: ATTEMPT_LIMITS });
    const expected = Math.min(start, ATTEMPT_LIMITS.failuresPerHour);
    await until(async () => (await countRuns()) === expected);
    if (start > expected) await until(async () => (await keeper.status()).nextAttemptAt);
    await keeper.stop();
  }
  expect(await countRuns()).toBe(ATTEMPT_LIMITS.failuresPerHour);
});

test(
  'certbot asks whether it is time, and the server is away: no error while nothing is due',
  { timeout: 120_000 },
  async () => {
    await home.startPebble();
    const first = await home.startKeeper();
    await newPair(home);
    await first.stop();
    const certbotFile = await home.writeProgram(`
    [ "$1" = --version ] && { echo certbot 5.5.0; exit; }
    while [ "$1" != --logs-dir ]; do shift; done
    echo 'requests.exceptions.ConnectionError: refused' > "$2/letsencrypt.log"
    exit 1`);
    const second = await home.startKeeper({ certbotFile });
    await until(async () => (await second.status()).nextAttemptAt);
    expect(await second.status()).toMatchObject({ state: 'valid', lastError: null, lastFault: null });
    await second.stop();

    const third = await home.startKeeper({ certbotFile, now: () => new Date(Date.now() + 4 * 365 * DAY) });
    expect((await failure(third)).lastError?.sentence).toContain('does not answer');
  },
);

test('certbot is missing: the status says so', async () => {
  const status = await failure(await home.startKeeper({ certbotFile: '/nowhere/certbot' }));
  expect(status.lastError?.sentence).toContain('certbot is missing');
});
