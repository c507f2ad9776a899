import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createBotApiServer,
  createOriginServer,
  createServiceProcess,
  fixturePaths,
  makeFixtures,
  startYtApp,
  testKeys,
  until,
  type BotApiServer,
  type OriginServer,
  type ServiceProcess,
  type YtAppProcess,
} from '@linkcast/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReleaseServer, type ReleaseServer } from '../fixtures/release-server.ts';

const GOOD = '2099.01.01';
const ALTERED = '2099.01.02';
const FAILING = '2099.01.03';
const OWNER = 700;
/** Notices are observed, and read by the bot, once a minute. */
const LIMIT = { timeout: 400_000 };

let origin: OriginServer;
let server: ReleaseServer;
let ytApp: YtAppProcess;
let telegram: BotApiServer;
let bot: ServiceProcess;
let botDirectory: string;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  server = await startReleaseServer();
  await server.publish(GOOD);
  ytApp = await startYtApp({
    OWNERS: String(OWNER),
    ALLOW_PRIVATE_SOURCES: `${origin.hostPort},${server.origin.hostPort}`,
    YTDLP_CHANNEL: 'stable',
    YTDLP_CHECK_EVERY: '4s',
    YTDLP_RELEASES_URL: server.url,
    YTDLP_SIGNED_BY: server.publicKey,
  });
  telegram = await createBotApiServer();
  telegram.openChat(OWNER);
  botDirectory = await mkdtemp(path.join(tmpdir(), 'linkcast-bot-'));
  bot = createServiceProcess('bot/src/main.ts', {
    ...{ DATA_DIR: botDirectory, YT_APP_URL: ytApp.url, SERVICE_KEY: testKeys.bot },
    ...{ TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url },
  });
  bot.start();
});
afterAll(async () => {
  await bot.kill('SIGTERM');
  await telegram.close();
  await rm(botDirectory, { recursive: true, force: true });
  await ytApp.close();
  await server.close();
  await origin.close();
});

/** The check of the health that /stats and the site show. */
async function downloaderCheck(): Promise<string | undefined> {
  return (await ytApp.api.health()).checks.find(({ name }) => name === 'downloader')?.detail;
}
const untilVersion = (version: string) =>
  until(async () => (await downloaderCheck())?.startsWith(`yt-dlp ${version}, 0 days old`), 60);
/** The sentence of a notice of the updates, as the bot sends it and the site shows it. */
const untilNotice = (version: string) =>
  until(
    async () => (await ytApp.api.health()).notices.find(({ sentence }) => sentence.startsWith(`yt-dlp ${version} `)),
    100,
  );
/** Waits for a message to the owner in chat. */
const untilChat = (text: string) =>
  until(() => telegram.messages(OWNER).some((message) => JSON.stringify(message).includes(text)), 130);
async function runJob(path: string): Promise<string> {
  const { id } = await ytApp.api.createJob({ url: origin.url + path, type: 'audio' });
  return until(async () => {
    const { state, problem } = await ytApp.api.getJob(id);
    return state === 'ready' || state === 'failed' ? `${state} ${problem?.code ?? ''}`.trim() : undefined;
  }, 60);
}

test('a worker: takes a signed release, refuses an altered one, and rolls a failing one back', LIMIT, async () => {
  await untilVersion(GOOD);
  expect(await runJob(fixturePaths.mp3)).toBe('ready');

  await server.publish(ALTERED);
  await appendFile(server.fileOf(ALTERED, 'yt-dlp'), 'x');
  expect(await untilNotice(ALTERED)).toMatchObject({ severity: 'critical' });
  expect(await downloaderCheck()).toContain(GOOD);
  await untilChat(`yt-dlp ${ALTERED} was refused`);

  await server.publish(FAILING, { failsFor: 'film' });
  await untilVersion(FAILING);
  expect(await runJob(`${fixturePaths.mp3}?film=1`)).toBe('ready');
  await untilVersion(GOOD);
  const sentence = `yt-dlp ${FAILING} failed where ${GOOD} works, so ${GOOD} is in use again.`;
  expect(await untilNotice(FAILING)).toMatchObject({
    severity: 'warning',
    sentence: `${sentence} Linkcast takes the next release by itself.`,
  });
  await untilChat(sentence);
  telegram.say(OWNER, '/stats');
  await untilChat(`yt-dlp ${GOOD}, 0 days old`);
  expect(ytApp.log().match(/"version":"2099.01.03"[^\n]*"release in use"/g)).toHaveLength(1); // it is not taken again
});
