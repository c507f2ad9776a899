import { endpoints } from '@linkcast/contracts';
import { LIMIT_FACTOR, until } from '@linkcast/testing';
import { expect } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Stack } from './stack.ts';

/** A browser of somebody's own, without cookies from others. */
export interface Visitor {
  /** Opens a page with a player, and lets it play. @param url absolute */
  watch(url: string): Promise<Player>;
  /** Opens any page. @returns the status that it was answered with. */
  open(url: string): Promise<{ page: Page; status: number }>;
  readonly context: BrowserContext;
}

export interface Player {
  readonly page: Page;
  /** Waits until it has reached this second, and nothing has gone wrong on the page. */
  reach(seconds: number): Promise<void>;
  currentTime(): Promise<number>;
  timeline(): Promise<Timeline>;
}

/** The timeline of a media element. Times are seconds. */
interface Timeline {
  readonly duration: number;
  readonly buffered: readonly (readonly [begin: number, end: number])[];
}

/** Somebody whom nobody knows. */
export async function createStranger(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true }); // the tests' certificates are from their own CA
  const open = async (url: string): Promise<{ page: Page; status: number }> => {
    const page = await context.newPage();
    const response = await page.goto(url, { waitUntil: 'domcontentloaded' });
    return { page, status: response?.status() ?? 0 };
  };
  return { context, open, watch: (url) => watch(context, url) };
}

/**
 * The owner, who has signed in with a link as `make sign-in` prints it. Their positions are not kept: playback begins
 * at 0 each time, on a slow machine too.
 */
export async function createOwner(browser: Browser, stack: Stack): Promise<Visitor> {
  const { path } = await stack.api.createSignInCode();
  const owner = await signIn(browser, `${stack.siteUrl}${path}`);
  await owner.context.route(`**${endpoints.reportPositions.path}`, (route) =>
    route.request().method() === 'GET' ? route.fallback() : route.fulfill({ status: 204 }),
  );
  return owner;
}

/** Somebody who opens a sign-in link, and is let in. */
export async function signIn(browser: Browser, link: string): Promise<Visitor> {
  const visitor = await createStranger(browser);
  const { page } = await visitor.open(link);
  await page.waitForURL((url) => url.pathname !== '/sign-in' && url.hash === '', { timeout: 15_000 * LIMIT_FACTOR });
  await page.close();
  return visitor;
}

const READ_TIMELINE = `(({ duration, buffered }) => ({
  duration,
  buffered: Array.from({ length: buffered.length }, (_, index) => [buffered.start(index), buffered.end(index)]),
}))(document.querySelector('video'))`;

async function watch(context: BrowserContext, url: string): Promise<Player> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => void errors.push(error.message));
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.locator('video').waitFor({ state: 'attached', timeout: 15_000 * LIMIT_FACTOR });
  // A load may interrupt this call. Callers check afterwards that the media plays.
  await page.evaluate('void document.querySelector("video").play().catch(() => undefined)');
  const currentTime = async (): Promise<number> =>
    Number(await page.evaluate('document.querySelector("video").currentTime'));
  return {
    page,
    currentTime,
    timeline: () => page.evaluate<Timeline>(READ_TIMELINE),
    async reach(seconds) {
      await until(async () => (await currentTime()) >= seconds, 30);
      expect(await page.evaluate('document.querySelector("video").error')).toBeNull();
      expect(errors).toEqual([]);
    },
  };
}
