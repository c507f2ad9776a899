import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { cachedFolder, openChromium, LIMIT_FACTOR } from '@linkcast/testing';
import { buildSite } from './built-site.ts';
import { startSiteServer, type SiteServer } from './site-server.ts';
import { makeTinyHls } from './tiny-hls.ts';

const MEDIA_SECONDS = 16;

export interface SiteVisit {
  readonly server: SiteServer;
  readonly page: Page;
  /** Opens a page in another browser context, without the cookies of the first. */
  readonly openOther: (options?: BrowserContextOptions) => Promise<Page>;
  /** Opens a path of the site. */
  readonly open: (path: string) => Promise<void>;
  /** Returns the path and fragment of the page. */
  readonly address: () => string;
  /** Finds the first element with a text. */
  readonly text: (content: string | RegExp) => Locator;
  readonly button: (name: string) => Locator;
  readonly link: (name: string) => Locator;
  readonly heading: (name: string) => Locator;
}

/**
 * Starts a server and opens a page of a real browser before each test of a file. After each test, checks that the page
 * has thrown no error and violated no Content Security Policy.
 */
export function visitSite(onVisit: (visit: SiteVisit) => void): void {
  let site: string;
  let media: string;
  let browser: Browser;
  let visit: SiteVisit;
  let faults: string[];

  beforeAll(async () => {
    site = await mkdtemp(join(tmpdir(), 'linkcast-web-'));
    [browser, media] = await Promise.all([
      openChromium(),
      cachedFolder('tiny-hls', { seconds: MEDIA_SECONDS }, (folder) => makeTinyHls(folder, MEDIA_SECONDS)),
      buildSite(site),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(site, { recursive: true });
  });

  beforeEach(async () => {
    const server = await startSiteServer({ site, media });
    visit = createVisit(server, await browser.newPage(), (options) => browser.newPage(options));
    faults = collectFaults(visit.page);
    onVisit(visit);
  });
  afterEach(async () => {
    await visit.page.close();
    await visit.server.stop();
    expect(faults).toEqual([]);
  });
}

function createVisit(server: SiteServer, page: Page, openOther: SiteVisit['openOther']): SiteVisit {
  return {
    server,
    page,
    openOther,
    open: async (path) => {
      await page.goto(server.url + path);
    },
    address: () => page.url().slice(server.url.length),
    text: (content) => page.getByText(content).first(),
    button: (name) => page.getByRole('button', { name, exact: true }),
    link: (name) => page.getByRole('link', { name, exact: true }),
    heading: (name) => page.getByRole('heading', { name, exact: true }),
  };
}

function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return faults;
}

/** Polls a value until the assertion holds, for up to 20 s. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 20_000 * LIMIT_FACTOR });
}
