import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isEnded } from '@linkcast/contracts';
import {
  createBotApiServer,
  createOriginServer,
  createServiceProcess,
  createTestClock,
  fixturePaths,
  makeFixtures,
  startYtApp,
  testKeys,
  until,
  type BotApiServer,
  type OriginServer,
  type ServiceProcess,
  type TestClock,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PEOPLE = [4711, 4712, 4713, 4714, 4715];
const LINKS_EACH = 2;
const BETWEEN_KILLS_MS = 1200;
const ROUNDS = 2;
const TWO_DAYS_SECONDS = 2 * 86_400;
/** All ten jobs together take about 20 s at this rate. */
const LINE = 400_000;

let clock: TestClock;
let origin: OriginServer;
let telegram: BotApiServer;
let ytApp: YtAppProcess;
let bot: ServiceProcess;
let botDirectory: string;

beforeAll(async () => {
  clock = await createTestClock();
  origin = await createOriginServer({ root: await makeFixtures() });
  telegram = await createBotApiServer();
  ytApp = await startYtApp({
    ALLOW_PRIVATE_SOURCES: origin.hostPort,
    ALLOWED_USERS: PEOPLE.join(','),
    ...clock.environment,
  });
  botDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-bot-'));
  bot = createServiceProcess('bot/src/main.ts', {
    DATA_DIR: botDirectory,
    YT_APP_URL: ytApp.url,
    SERVICE_KEY: testKeys.bot,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    ...clock.environment,
  });
  bot.start();
}, 120_000);
afterAll(async () => {
  await bot.kill('SIGTERM');
  await ytApp.close();
  await Promise.all([origin.close(), telegram.close(), clock.close()]);
  await rm(botDirectory, { recursive: true, force: true });
});

describe('every part killed in turn while ten jobs end', () => {
  test('each requester gets one message with the end, and at most one more for each crash of the bot', async () => {
    const requests = await request('killed');
    const crashes = await killInTurn();
    await untilAllEnded();
    await expectOneEndEach(requests, crashes);
  });

  test('Telegram away for two days meanwhile: the same, when it is back', async () => {
    const requests = await request('outage');
    const endOutage = telegram.fail({ kind: 'reset', times: Infinity });
    const crashes = await killInTurn();
    await untilAllEnded();
    expect(requests.map(ends)).toContain(0);

    await clock.shift(TWO_DAYS_SECONDS);
    await bot.kill('SIGKILL');
    bot.start();
    await until(() => bot.log().includes(new Date(Date.now() + TWO_DAYS_SECONDS * 1000).toISOString().slice(0, 10)));
    endOutage();
    await expectOneEndEach(requests, crashes);
  });
});

/** A request of a person in Telegram. */
interface Request {
  readonly person: number;
  readonly messageId: number;
}

/** Everybody sends their links, and the bot has answered each. */
async function request(name: string): Promise<Request[]> {
  origin.throttle(LINE);
  const requests = PEOPLE.flatMap((person) =>
    Array.from({ length: LINKS_EACH }, (_, number) => {
      const url = `${origin.url}${fixturePaths.mp4}?${name}-${person}-${number}`;
      return { person, messageId: telegram.say(person, `/dv ${url}`) };
    }),
  );
  await until(() => requests.every((each) => answersTo(each).length > 0), 60);
  return requests;
}

/** Kills API, worker, proxy and bot one after another, and starts each again. @returns the crashes of the bot. */
async function killInTurn(): Promise<number> {
  for (let round = 0; round < ROUNDS; round += 1)
    for (const restart of [restartOf(ytApp.main), restartOf(ytApp.worker), restartEgress, restartOf(bot)]) {
      await restart();
      await delay(BETWEEN_KILLS_MS);
    }
  return ROUNDS;
}

const restartOf = (service: ServiceProcess) => async (): Promise<void> => {
  await service.kill('SIGKILL');
  service.start();
};

async function restartEgress(): Promise<void> {
  process.kill(ytApp.egress.pid(), 'SIGKILL');
  await ytApp.egress.close();
  await ytApp.egress.start();
}

async function untilAllEnded(): Promise<void> {
  origin.throttle(undefined);
  await until(async () => {
    const { jobs } = await ytApp.api.listJobs({ limit: 100 });
    return jobs.every(({ state }) => isEnded(state));
  }, 120);
  const { jobs } = await ytApp.api.listJobs({ limit: 100 });
  expect(jobs.map(({ state }) => state)).toEqual(jobs.map(() => 'ready'));
}

async function expectOneEndEach(requests: readonly Request[], crashes: number): Promise<void> {
  await until(() => requests.every((each) => ends(each) > 0), 90).catch(() => undefined); // the expectation says which
  expect(requests.map((each) => ends(each) > 0)).toEqual(requests.map(() => true));
  const messages = requests.map((each) => answersTo(each).length);
  expect(Math.max(...messages)).toBeLessThanOrEqual(1 + crashes);
  expect(messages.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(requests.length + crashes);
}

function answersTo({ person, messageId }: Request) {
  return telegram
    .messages(person)
    .filter(({ fromBot, replyTo, deleted }) => fromBot && replyTo === messageId && !deleted);
}

/** Messages with the end of a request. */
function ends(each: Request): number {
  return answersTo(each).filter(({ text }) => text.includes('✅ Ready')).length;
}
