import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openChromium } from '@linkcast/testing';
import { buildSite } from './built-site.ts';
import { startSiteServer, type SiteServer } from './site-server.ts';
import { makeTinyHls } from './tiny-hls.ts';

export interface SiteVisit {
  readonly server: SiteServer;
  readonly page: Page;
  /** Opens a page in another browser context, without the cookies of the first. */
  readonly openOther: () => Promise<Page>;
}

/**
 * Starts a server and opens a page of a real browser before each test of a file. After each test, checks that the page
 * has thrown no error and violated no Content Security Policy.
 */
export function visitSite(onVisit: (visit: SiteVisit) => void): void {
  let folder: string;
  let browser: Browser;
  let visit: SiteVisit;
  let faults: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linkcast-web-'));
    [browser] = await Promise.all([openChromium(), buildSite(join(folder, 'site')), makeTinyHls(folder)]);
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    const server = await startSiteServer({ site: join(folder, 'site'), media: folder });
    visit = { server, page: await browser.newPage(), openOther: () => browser.newPage() };
    faults = collectFaults(visit.page);
    onVisit(visit);
  });
  afterEach(async () => {
    await visit.page.close();
    await visit.server.stop();
    expect(faults).toEqual([]);
  });
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
  return expect.poll(read, { timeout: 20_000 });
}
