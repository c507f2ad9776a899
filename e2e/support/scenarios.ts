import { isEnded, type Job } from '@linkcast/contracts';
import { fixturePaths, openChromium, until } from '@linkcast/testing';
import { expect, test } from 'vitest';
import { followJob } from './log-trail.ts';
import { recordALiveSource } from './live-scenario.ts';
import { probeUrl } from './media-probe.ts';
import type { Stack } from './stack.ts';
import { hearFile } from './station-sound.ts';
import { expectListedTimeline } from './timeline.ts';
import { createOwner, createStranger, signIn, type Player, type Visitor } from './visitor.ts';

/** Tests the product as people use it, the same for every way of running it. @param given the running stack */
export function testScenarios(given: () => Stack): void {
  test('the printed sign-in link: signs the owner in', () => signInAsPrinted(given()));
  test('a link during its download: plays in Chromium, and plays again when it is ready', () =>
    watchWhileItDownloads(given()));
  test('a song on the station: is audible at /play as MP3', () => listenToTheStation(given()));
  test('a link sent in Telegram: is answered at once, shows progress, and ends in a link that plays', () =>
    sendALinkInTelegram(given()));
  test('a live link sent in Telegram: plays from its edge, and Stop keeps what was recorded', () =>
    recordALiveSource(given(), OWNER));
  test('/signin in Telegram: is answered with a link that signs one browser in', () => signInFromTelegram(given()));
  test('a private site with a share: answers 401 except for the shared item, which ends when it is revoked', () =>
    shareAndRevoke(given()));
}

const SLOW_LINE = 250_000; // bytes a second: the 40-second source takes about half a minute
const SOURCE_SECONDS = 40;
const LOADS_WHILE_DOWNLOADING = 3;
const OWNER = 4711;
/** The edge remembers for some seconds who may pass. */
const REVOKED_WITHIN_SECONDS = 15;

async function signInAsPrinted(stack: Stack): Promise<void> {
  const browser = await openChromium();
  try {
    const owner = await signIn(browser, stack.signInLink);
    expect((await owner.open(`${stack.siteUrl}/`)).status).toBe(200);
  } finally {
    await browser.close();
  }
}

async function watchWhileItDownloads(stack: Stack): Promise<void> {
  const browser = await openChromium();
  try {
    const owner = await createOwner(browser, stack);
    const { job, mediaId, pageUrl, playlistUrl, player } = await openArrivingItem(stack, owner);

    stack.origin.throttle(undefined);
    await readyJob(stack, job);
    await player.reach((await player.currentTime()) + 1); // the same player goes on
    await until(async () => isSourceLength((await player.timeline()).duration), 30);
    const again = await owner.watch(pageUrl);
    await again.reach(1);
    expect(await expectListedTimeline(again, playlistUrl)).toSatisfy(isSourceLength);
    expect((await again.timeline()).duration).toSatisfy(isSourceLength);
    const share = await stack.api.shareMedia(mediaId);
    const { codecs, seconds } = await probeUrl(`${stack.siteUrl}${share.links.hls ?? ''}`);
    expect(codecs).toEqual(expect.arrayContaining(['h264', 'aac']));
    expect(seconds).toSatisfy(isSourceLength);
  } finally {
    stack.origin.throttle(undefined);
    await browser.close();
  }
}

/** An item that downloads slowly, as somebody sees it. */
export interface ArrivingItem {
  readonly job: string;
  readonly mediaId: string;
  readonly pageUrl: string;
  readonly playlistUrl: string;
  /** The first page that was opened; it plays. */
  readonly player: Player;
}

/**
 * Adds an item that downloads slowly, and opens its page several times meanwhile: each shows what the playlists list.
 * The source stays slow afterwards.
 */
export async function openArrivingItem(stack: Stack, owner: Visitor): Promise<ArrivingItem> {
  stack.origin.throttle(SLOW_LINE);
  const job = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.dash}?watch`, type: 'video' });
  const { state, links, mediaId } = await until(async () => await playableJob(stack, job.id), 30);
  expect(state).toBe('downloading');
  const pageUrl = `${stack.siteUrl}${links.page ?? ''}`;
  const playlistUrl = `${stack.siteUrl}${links.hls ?? ''}`;
  const player = await owner.watch(pageUrl);
  await player.reach(1);
  await expectListedTimeline(player, playlistUrl);
  for (let load = 0; load < LOADS_WHILE_DOWNLOADING; load += 1) {
    const other = await owner.watch(pageUrl); // with what the cache holds by now
    await other.reach(1);
    await expectListedTimeline(other, playlistUrl);
    expect((await stack.api.getJob(job.id)).state).toBe('downloading');
    await other.page.close();
  }
  return { job: job.id, mediaId: mediaId ?? '', pageUrl, playlistUrl, player };
}

async function listenToTheStation(stack: Stack): Promise<void> {
  const job = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.mp3}?radio`, type: 'audio' });
  const ready = await readyJob(stack, job.id);
  const share = await stack.api.shareMedia(ready.mediaId ?? '');
  expect(await probeUrl(`${stack.siteUrl}${share.links.file ?? ''}`)).toMatchObject({
    codecs: expect.arrayContaining(['mp3']) as string[],
  });
  await until(async () => (await stack.api.getStation()).now?.mediaId === ready.mediaId, 30);
  const radio = await stack.api.shareStation();
  const streamUrl = `${stack.siteUrl}${radio.links.file ?? ''}`;
  expect(await probeUrl(streamUrl)).toMatchObject({ codecs: ['mp3'] });
  await hearFile(streamUrl, `${stack.siteUrl}${share.links.file ?? ''}`, 20);
}

async function sendALinkInTelegram(stack: Stack): Promise<void> {
  const { telegram, origin } = stack;
  telegram.say(OWNER, `/start ${stack.ownerCode}`);
  await until(() => telegram.messages(OWNER).some((message) => message.text.includes('You are now an owner')), 20);

  origin.throttle(SLOW_LINE);
  const asked = Date.now();
  const said = telegram.say(OWNER, `/dv ${origin.url}${fixturePaths.dash}?telegram`);
  const status = await until(() => telegram.messages(OWNER).find(({ replyTo }) => replyTo === said), 5);
  const answeredAt = status.history[0]?.at ?? Number.MAX_VALUE;
  expect(answeredAt - asked).toBeLessThan(2000);
  const current = () => telegram.messages(OWNER).find((message) => message.messageId === status.messageId);
  await until(() => /\d+%/.test(current()?.text ?? ''), 30);
  await until(() => current()?.text.includes('/watch/'), 30);
  origin.throttle(undefined);
  await until(() => current()?.text.includes('Ready'), 60);
  expect(current()?.text).not.toContain('/s/'); // nothing is public unasked
  const [job] = (await stack.api.listJobs({ limit: 1 })).jobs;
  await followJob(stack, { jobId: job?.id ?? '', mediaId: job?.mediaId ?? '', messageId: said });
  telegram.press(OWNER, status.messageId, 'Share');
  await until(() => current()?.text.includes('/s/'), 20);

  const link = /http:\/\/\S+\/s\/[\w-]+\//.exec(current()?.text ?? '')?.[0];
  const browser = await openChromium();
  try {
    const phone = await createStranger(browser); // the link alone lets them in
    const player = await phone.watch(link ?? '');
    await player.reach(1);
    await expectListedTimeline(player, `${link ?? ''}index.m3u8`);
    expect((await player.timeline()).duration).toSatisfy(isSourceLength);
  } finally {
    await browser.close();
  }
  const edits = current()?.history.map(({ at }) => at) ?? [];
  for (const [index, at] of edits.entries()) if (index > 1) expect(at - (edits[index - 1] ?? 0)).toBeGreaterThan(900);
}

/** Needs the owner of {@link sendALinkInTelegram}. */
async function signInFromTelegram(stack: Stack): Promise<void> {
  const said = stack.telegram.say(OWNER, '/signin');
  const answer = await until(
    () => stack.telegram.messages(OWNER).find(({ messageId, text }) => messageId > said && text.includes('/sign-in#')),
    20,
  );
  const link = /http\S+\/sign-in#[a-z0-9-]+/.exec(answer.text)?.[0] ?? '';
  const browser = await openChromium();
  try {
    const phone = await signIn(browser, link);
    const { status } = await phone.open(`${stack.siteUrl}/`);
    expect(status).toBe(200);
    const thief = await createStranger(browser);
    const { page } = await thief.open(link); // used up
    await page.getByText('each code works once').waitFor({ timeout: 15_000 });
    expect((await thief.open(`${stack.siteUrl}/`)).status).toBe(401);
  } finally {
    await browser.close();
  }
}

/** Everything is private; what is shared is one item, until that is revoked. */
async function shareAndRevoke(stack: Stack): Promise<void> {
  const { api, siteUrl } = stack;
  const job = await api.createJob({ url: `${stack.origin.url}${fixturePaths.mp4}?share`, type: 'video' });
  const { mediaId, links } = await readyJob(stack, job.id);
  const statusOf = async (path: string): Promise<number> => (await fetch(`${siteUrl}${path}`)).status;
  expect(await statusOf(links.hls ?? '')).toBe(401);
  expect(await statusOf('/play')).toBe(401);
  expect(await statusOf('/api/media')).toBe(401);

  const share = await api.shareMedia(mediaId ?? '', { lifetimeSeconds: 3600 });
  const browser = await openChromium();
  try {
    const guest = await createStranger(browser);
    const player = await guest.watch(`${siteUrl}${share.links.page}`);
    await player.reach(1);
    await expectListedTimeline(player, `${siteUrl}${share.links.hls ?? ''}`);
    expect((await player.timeline()).duration).toSatisfy(isSourceLength);
    expect((await guest.open(`${siteUrl}/`)).status).toBe(401);
  } finally {
    await browser.close();
  }
  await api.revokeShare(share.id);
  await until(async () => (await statusOf(share.links.hls ?? '')) === 404, REVOKED_WITHIN_SECONDS);
}

const isSourceLength = (seconds: number | undefined): boolean => Math.abs((seconds ?? 0) - SOURCE_SECONDS) < 0.5;

async function playableJob(stack: Stack, id: string): Promise<Job | undefined> {
  const job = await stack.api.getJob(id);
  return job.playable ? job : undefined;
}

async function readyJob(stack: Stack, id: string): Promise<Job> {
  const job = await until(async () => {
    const found = await stack.api.getJob(id);
    return isEnded(found.state) ? found : undefined;
  }, 60);
  expect(job).toMatchObject({ state: 'ready', problem: null });
  return job;
}
