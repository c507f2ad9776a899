import {
  createOriginServer,
  fixturePaths,
  makeFixtures,
  startYtApp,
  until,
  type OriginServer,
} from '@linkcast/testing';
import type { YtAppProcess } from '@linkcast/testing';
import { appendFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReleaseServer, type ReleaseServer } from '../fixtures/release-server.ts';

const GOOD = '2099.01.01';
const ALTERED = '2099.01.02';
const FAILING = '2099.01.03';
/** Notices are observed once a minute. */
const LIMIT = { timeout: 300_000 };

let origin: OriginServer;
let server: ReleaseServer;
let ytApp: YtAppProcess;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  server = await startReleaseServer();
  await server.publish(GOOD);
  ytApp = await startYtApp({
    ALLOW_PRIVATE_SOURCES: `${origin.hostPort},${server.origin.hostPort}`,
    YTDLP_CHANNEL: 'stable',
    YTDLP_CHECK_EVERY: '4s',
    YTDLP_RELEASES_URL: server.url,
    YTDLP_SIGNED_BY: server.publicKey,
  });
});
afterAll(async () => {
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

  await server.publish(FAILING, { failsFor: 'film' });
  await untilVersion(FAILING);
  expect(await runJob(`${fixturePaths.mp3}?film=1`)).toBe('ready');
  await untilVersion(GOOD);
  expect(await untilNotice(FAILING)).toMatchObject({
    severity: 'warning',
    sentence: `yt-dlp ${FAILING} failed where ${GOOD} works, so ${GOOD} is in use again. Linkcast takes the next release by itself.`,
  });
  expect(ytApp.log().match(/"version":"2099.01.03"[^\n]*"release in use"/g)).toHaveLength(1); // it is not taken again
});
