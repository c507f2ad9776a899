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
  /** Another browser, with no clipboard or cookie of the first. */
  readonly openOther: () => Promise<Page>;
}

/**
 * A fresh server and a fresh page of a real browser before each test of a file. After each, nothing was thrown in the
 * page, and nothing was refused by the policy of the edge.
 */
export function visitSite(onVisit: (visit: SiteVisit) => void): void {
  let folder: string;
  let browser: Browser;
  let visit: SiteVisit;
  let troubles: string[];

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
    troubles = watchTroubles(visit.page);
    onVisit(visit);
  });
  afterEach(async () => {
    await visit.page.close();
    await visit.server.stop();
    expect(troubles).toEqual([]);
  });
}

function watchTroubles(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) troubles.push(message.text());
  });
  return troubles;
}

/** Asks again until it holds, for as long as a busy machine may take. */
export function eventually<T>(ask: () => T) {
  return expect.poll(ask, { timeout: 20_000 });
}
