import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openChromium } from '@linkcast/testing';
import { SESSION } from '../../../nginx/test/fixtures/edge-fixture.ts';
import { startEdgeSite, type ArrivingFilm, type EdgeSite } from '../support/edge-site.ts';
import { eventually } from '../support/site-visit.ts';
import { sampleTimeline, timelineFaults } from '../support/timeline.ts';

/** Segments of a live film are two seconds long. */
const PACE_MS = 2000;
const BEGUN_SEGMENTS = 30;
/** hls.js plays three segments behind the end; a fourth may be on its way. */
const BEHIND_SECONDS = 10;

let site: EdgeSite;
let browser: Browser;
let context: BrowserContext;
let film: ArrivingFilm;

beforeAll(async () => {
  site = await startEdgeSite(240);
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});
beforeEach(async () => {
  [film, context] = await Promise.all([site.addFilm({ isLive: true }), browser.newContext({ locale: 'en' })]);
  await context.addCookies([{ name: 'linkcast', value: SESSION, url: site.httpUrl }]);
  await film.item.growTo(BEGUN_SEGMENTS);
  film.item.grow(PACE_MS);
});
afterEach(async () => {
  await context.close();
  await film.item.pause();
});

const read = (page: Page, name: 'currentTime' | 'duration') =>
  page.locator('video').evaluate((element: HTMLVideoElement, which) => element[which], name);

async function open(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.httpUrl + film.media.links.page);
  await eventually(() => read(page, 'currentTime')).toBeGreaterThan(0.5);
  return page;
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  return timelineFaults(await sampleTimeline(page, 1), film.item.listedSeconds());
}

test('a live film: starts at its edge, with the true duration, which grows', { timeout: 60_000 }, async () => {
  const page = await open();
  expect(await read(page, 'currentTime')).toBeGreaterThan(film.item.listedSeconds() - BEHIND_SECONDS);
  expect(await faultsOf(page)).toEqual([]);
  const before = await read(page, 'duration');
  await eventually(() => read(page, 'duration')).toBeGreaterThan(before + 1);
  expect(await read(page, 'duration')).toBeLessThanOrEqual(film.item.listedSeconds() + 0.15);
  expect(await page.getByText('You are watching live.').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Go to live' }).count()).toBe(0);
});

test('a seek back: plays what was recorded there, and leads back to the edge', { timeout: 60_000 }, async () => {
  const page = await open();
  await page.locator('video').evaluate((element: HTMLVideoElement) => (element.currentTime = 4));
  await eventually(() => read(page, 'currentTime')).toBeGreaterThan(4.3);
  expect(await read(page, 'currentTime')).toBeLessThan(8);
  await page.getByText(/behind live$/).waitFor();
  await page.getByRole('button', { name: 'Go to live' }).click();
  await eventually(() => read(page, 'currentTime')).toBeGreaterThan(film.item.listedSeconds() - BEHIND_SECONDS);
  await page.getByText('You are watching live.').waitFor();
});

test('the end of the source: makes the page that of the item, at the same position', { timeout: 60_000 }, async () => {
  const page = await open();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  const position = await read(page, 'currentTime');
  await film.item.complete();
  const { totalSeconds } = film.item;
  site.announce({ ...film.media, state: 'ready', recording: 'ended', durationSeconds: totalSeconds });
  await eventually(() => read(page, 'duration')).toBeCloseTo(totalSeconds, 0);
  await page.getByText('You are watching live.').waitFor({ state: 'detached' });
  const now = await read(page, 'currentTime');
  expect(now).toBeGreaterThanOrEqual(position);
  expect(now).toBeLessThan(position + 20);
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
});
