import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openChromium } from '@linkcast/testing';
import { SESSION } from '../../../nginx/test/fixtures/edge-fixture.ts';
import { startEdgeSite, type ArrivingFilm, type EdgeSite } from '../support/edge-site.ts';
import { startOldRuleProxy } from '../support/old-rule-proxy.ts';
import { eventually } from '../support/site-visit.ts';
import { timelineFaults, sampleTimeline } from '../support/timeline.ts';

const FILM_SECONDS = 240;
const PACE_MS = 400;
const LOADS = 10;

let site: EdgeSite;
let browser: Browser;
/** One browser of one person; its cache is on. */
let context: BrowserContext;
let film: ArrivingFilm;
/** Addresses of range requests for tracks that were answered with the whole file. */
let wholeFiles: string[];

beforeAll(async () => {
  site = await startEdgeSite(FILM_SECONDS);
  browser = await openChromium({ trustedKeys: [await selfSignedKey(site)] });
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

beforeEach(async () => {
  [film, context] = await Promise.all([site.addFilm(), browser.newContext()]);
  await context.addCookies([
    { name: 'linkcast', value: SESSION, url: site.httpUrl },
    { name: '__Host-linkcast', value: SESSION, url: site.httpsUrl, secure: true },
  ]);
  wholeFiles = [];
  context.on('response', (response) => {
    if (response.url().endsWith('.mp4') && response.status() === 200) wholeFiles.push(response.url());
  });
  film.item.grow(PACE_MS);
});
afterEach(async () => {
  await context.close();
  await film.item.pause();
});

const currentTime = (page: Page) => page.locator('video').evaluate((element: HTMLVideoElement) => element.currentTime);
const seek = (page: Page, to: number) =>
  page.locator('video').evaluate((element: HTMLVideoElement, seconds) => (element.currentTime = seconds), to);

async function open(url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await eventually(() => currentTime(page)).toBeGreaterThan(0.2);
  return page;
}

/** Samples the timeline of a page. @returns its faults. */
async function faultsOf(page: Page, seconds = 0.8): Promise<readonly string[]> {
  const samples = await sampleTimeline(page, seconds);
  return timelineFaults(samples, film.item.listedSeconds());
}

/** Opens a page several times, one after the other. @returns the faults of every load. */
async function faultsOfLoads(url: string, loads: number): Promise<readonly string[]> {
  const faults: string[] = [];
  for (let load = 1; load <= loads; load += 1) {
    const page = await context.newPage();
    await page.goto(url);
    const hasStarted = await eventually(() => currentTime(page))
      .toBeGreaterThan(0.2)
      .then(
        () => true,
        () => false,
      );
    if (!hasStarted) faults.push(`load ${load}: did not start`);
    faults.push(...(await faultsOf(page)).map((fault) => `load ${load}: ${fault}`));
    await page.close();
  }
  return faults;
}

describe('the timeline of an arriving film', { timeout: 90_000 }, () => {
  test('opened ten times: matches the playlist', async () => {
    expect(await faultsOfLoads(site.httpUrl + film.media.links.page, LOADS)).toEqual([]);
    expect(wholeFiles).toEqual([]);
  });

  test('opened over HTTPS and HTTP/2: matches the playlist', async () => {
    expect(await faultsOfLoads(site.httpsUrl + film.media.links.page, 3)).toEqual([]);
    expect(wholeFiles).toEqual([]);
    const page = await open(site.httpsUrl + film.media.links.page);
    expect(await page.evaluate(protocolOfTracks)).toBe('h2');
  });

  test('opened by a guest: matches the playlist', async () => {
    await context.clearCookies();
    expect(await faultsOfLoads(site.httpUrl + film.sharedPage, 3)).toEqual([]);
    expect(wholeFiles).toEqual([]);
  });

  test('opened with ranges that an older nginx allowed the browser to cache: matches the playlist', async () => {
    const proxy = await startOldRuleProxy(site.edge.options.httpPort);
    try {
      await film.item.pause();
      const page = await open(proxy.url + film.media.links.page);
      await eventually(() => bufferedEnd(page)).toBeGreaterThan(film.item.listedSeconds() - 1);
      await page.close();
      wholeFiles = [];
      proxy.upgrade();
      film.item.grow(PACE_MS);
      expect(await faultsOfLoads(proxy.url + film.media.links.page, 3)).toEqual([]);
      expect(wholeFiles.length).toBeGreaterThan(0); // else the cache was not involved
    } finally {
      await proxy.stop();
    }
  });

  test('after seeks forward and back, and a reload: playback is at the new position, without faults', async () => {
    const page = await open(site.httpUrl + film.media.links.page);
    await eventually(() => bufferedEnd(page)).toBeGreaterThan(20);
    for (const target of [18, 3, 15, 1]) {
      await seek(page, target);
      await eventually(() => currentTime(page)).toBeGreaterThan(target + 0.2);
      expect(await faultsOf(page)).toEqual([]);
      expect(await currentTime(page)).toBeLessThan(target + 5);
    }
    await page.reload();
    await eventually(() => currentTime(page)).toBeGreaterThan(0.2);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('in two tabs at once: matches the playlist in both', async () => {
    const url = site.httpUrl + film.media.links.page;
    const pages = await Promise.all([open(url), open(url)]);
    for (let round = 0; round < 3; round += 1) {
      const faults = await Promise.all(pages.map((page) => faultsOf(page)));
      expect(faults.flat()).toEqual([]);
    }
    expect(wholeFiles).toEqual([]);
  });

  test('after the film is ready: covers the whole film in the same tab and in a new one', async () => {
    const url = site.httpUrl + film.media.links.page;
    const page = await open(url);
    await film.item.complete();
    const { totalSeconds } = film.item;
    const duration = (one: Page) => one.locator('video').evaluate((element: HTMLVideoElement) => element.duration);
    await eventually(() => duration(page)).toBeCloseTo(totalSeconds, 0);
    await seek(page, totalSeconds - 5);
    await eventually(() => currentTime(page)).toBeGreaterThan(totalSeconds - 4);
    await seek(page, 1);
    await eventually(() => currentTime(page)).toBeGreaterThan(1.2);
    expect(
      timelineFaults(await sampleTimeline(page, 1), totalSeconds).filter((fault) => !fault.startsWith('holes')),
    ).toEqual([]);
    const later = await open(url);
    await eventually(() => duration(later)).toBeCloseTo(totalSeconds, 0);
    expect(timelineFaults(await sampleTimeline(later, 1), totalSeconds)).toEqual([]);
    expect(wholeFiles).toEqual([]);
  });
});

test('a track read while arriving and again when ready: the browser returns the bytes of the ready file', async () => {
  const page = await context.newPage();
  await page.goto(site.httpUrl);
  const url = `/media/${film.media.id}/v180.mp4`;
  await readRange(page, url, 0, 99_999);
  await film.item.complete();
  // A retried source may give other bytes: only those of the ready file are right.
  await writeFile(join(film.directory, 'v180.mp4'), Buffer.alloc(200_000, 7));
  expect(await readRange(page, url, 0, 99_999)).toEqual({ status: 206, first: 7, bytes: 100_000 });
  expect(await readRange(page, url, 50_000, 149_999)).toEqual({ status: 206, first: 7, bytes: 100_000 });
});

/** Runs in the page. @returns the protocol of the first track request. */
function protocolOfTracks(): string | undefined {
  const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]; // entries of type `resource` are of this class
  return entries.find(({ name }) => name.endsWith('.mp4'))?.nextHopProtocol;
}

const bufferedEnd = (page: Page) =>
  page.locator('video').evaluate(({ buffered }: HTMLVideoElement) => (buffered.length > 0 ? buffered.end(0) : 0));

/** Requests a byte range in the page. */
function readRange(page: Page, url: string, first: number, last: number) {
  return page.evaluate(
    async ([address, range]) => {
      const response = await fetch(address, { headers: { range } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, first: bytes[0], bytes: bytes.length };
    },
    [url, `bytes=${first}-${last}`] as const,
  );
}

async function selfSignedKey({ edge }: EdgeSite): Promise<string> {
  const pem = await readFile(join(edge.options.stateDirectory, 'certificate.pem'));
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
