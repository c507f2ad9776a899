import { isEnded, type Job } from '@linkcast/contracts';
import { fixturePaths, openChromium, until } from '@linkcast/testing';
import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { probeUrl } from './media-probe.ts';
import type { Stack } from './stack.ts';

/** What people do with the product, the same for every way of running it. */

const SLOW_LINE = 250_000; // bytes a second: the 40-second source takes about half a minute
const OWNER = 4711;

export async function watchWhileItDownloads(stack: Stack): Promise<void> {
  stack.origin.throttle(SLOW_LINE);
  const browser = await openChromium();
  try {
    const job = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.dash}?watch`, type: 'video' });
    const playable = await until(async () => await playableJob(stack, job.id), 30);
    expect(playable.state).toBe('downloading');
    const page = await openPage(browser, `${stack.siteUrl}${playable.links.page ?? ''}`);
    await expectPlaying(page, 1);
    expect((await stack.api.getJob(job.id)).state).toBe('downloading');

    stack.origin.throttle(undefined);
    await readyJob(stack, job.id);
    const reached = await currentTime(page);
    await expectPlaying(page, reached + 1); // the same player goes on
    const again = await openPage(browser, `${stack.siteUrl}${playable.links.page ?? ''}`);
    await expectPlaying(again, 1);
    const { codecs, seconds } = await probeUrl(`${stack.siteUrl}${playable.links.hls ?? ''}`);
    expect(codecs).toEqual(expect.arrayContaining(['h264', 'aac']));
    expect(Math.abs((seconds ?? 0) - 40)).toBeLessThan(0.5);
  } finally {
    stack.origin.throttle(undefined);
    await browser.close();
  }
}

export async function listenToTheStation(stack: Stack): Promise<void> {
  const job = await stack.api.createJob({ url: `${stack.origin.url}${fixturePaths.mp3}?radio`, type: 'audio' });
  const ready = await readyJob(stack, job.id);
  expect(await probeUrl(`${stack.siteUrl}${ready.links.file ?? ''}`)).toMatchObject({
    codecs: expect.arrayContaining(['mp3']) as string[],
  });
  await until(async () => (await stack.api.getStation()).now?.mediaId === ready.mediaId, 30);
  expect(await probeUrl(`${stack.siteUrl}/play`)).toMatchObject({ codecs: ['mp3'] });
}

export async function sendALinkInTelegram(stack: Stack): Promise<void> {
  const { telegram, origin } = stack;
  telegram.say(OWNER, `/start ${stack.ownerCode}`);
  await until(() => telegram.messages(OWNER).some((message) => message.text.includes('You are the owner')), 20);

  origin.throttle(SLOW_LINE);
  const asked = Date.now();
  const said = telegram.say(OWNER, `/dv ${origin.url}${fixturePaths.dash}?telegram`);
  const status = await until(() => telegram.messages(OWNER).find((message) => message.messageId > said), 5);
  const answeredAt = status.history[0]?.at ?? Number.MAX_VALUE;
  expect(answeredAt - asked).toBeLessThan(2000);
  const current = () => telegram.messages(OWNER).find((message) => message.messageId === status.messageId);
  await until(() => /\d+ %/.test(current()?.text ?? ''), 30);
  await until(() => current()?.text.includes('/watch/'), 30);
  origin.throttle(undefined);
  await until(() => current()?.text.includes('Ready'), 60);

  const link = /http:\/\/\S+\/watch\/\w+/.exec(current()?.text ?? '')?.[0];
  const browser = await openChromium();
  try {
    await expectPlaying(await openPage(browser, link ?? ''), 1);
  } finally {
    await browser.close();
  }
  const edits = current()?.history.map(({ at }) => at) ?? [];
  for (const [index, at] of edits.entries()) if (index > 1) expect(at - (edits[index - 1] ?? 0)).toBeGreaterThan(900);
}

/** What pages threw. */
const thrown = new WeakMap<Page, string[]>();

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  const errors: string[] = [];
  thrown.set(page, errors);
  page.on('pageerror', (error) => void errors.push(error.message));
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.locator('video').waitFor({ state: 'attached', timeout: 15_000 });
  // What the player loads meanwhile may interrupt this; whether it plays is asked afterwards.
  await page.evaluate('void document.querySelector("video").play().catch(() => undefined)');
  return page;
}

async function expectPlaying(page: Page, seconds: number): Promise<void> {
  await until(async () => (await currentTime(page)) >= seconds, 30);
  expect(await page.evaluate('document.querySelector("video").error')).toBeNull();
  expect(thrown.get(page)).toEqual([]);
}

async function currentTime(page: Page): Promise<number> {
  return Number(await page.evaluate('document.querySelector("video").currentTime'));
}

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
