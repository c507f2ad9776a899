import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cachedFolder, openChromium, startYtApp, until, type YtAppProcess } from '@linkcast/testing';
import { buildSite } from '../support/built-site.ts';
import { mediaId } from '../support/canned.ts';
import { startSiteServer, type SiteServer } from '../support/site-server.ts';
import { makeTinyHls } from '../support/tiny-hls.ts';

const SECONDS = 120;
/** Some seconds after a regular report, so that the beacon decides. */
const WATCHED_SECONDS = 26;
const FILM = mediaId('film');

/** The film as its `media.json` describes it. */
const facts = {
  version: 1,
  id: FILM,
  type: 'video',
  title: 'A film',
  uploader: null,
  sourceUrl: 'https://example.com/film',
  sourceKey: 'example.com/film',
  extractor: null,
  sourceId: null,
  durationSeconds: SECONDS,
  bytes: 1000,
  renditions: [{ name: 'v180', kind: 'video', height: 180, codecs: 'avc1.42c01e', bytes: 1000, handling: 'copied' }],
  handling: 'copied',
  state: 'ready',
  jobId: null,
  personId: null,
  hasPoster: false,
  hasFile: false,
  createdAt: '2026-11-20T10:00:00.000Z',
};

let folder: string;
let ytApp: YtAppProcess;
let server: SiteServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkcast-devices-'));
  const [site, library] = [join(folder, 'site'), join(folder, 'library')];
  await mkdir(join(library, FILM), { recursive: true });
  await writeFile(join(library, '.linkcast-media'), '');
  await writeFile(join(library, FILM, 'media.json'), JSON.stringify(facts));
  const [media] = await Promise.all([
    cachedFolder('tiny-hls', { seconds: SECONDS }, (made) => makeTinyHls(made, SECONDS)),
    buildSite(site),
  ]);
  ytApp = await startYtApp({ MEDIA_DIR: library }, { hasWorker: false });
  server = await startSiteServer({ site, media, apiUrl: ytApp.url });
  browser = await openChromium();
  await until(async () => (await ytApp.api.listMedia()).media.length === 1, 20);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await ytApp.close();
  await rm(folder, { recursive: true });
});

/** A browser on another device, on which the path signs somebody in. */
async function openDevice(path: string): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const note = ({ target }: Event) => {
      if (target instanceof HTMLMediaElement && target.dataset['startedAt'] === undefined)
        target.dataset['startedAt'] = String(target.currentTime);
    };
    document.addEventListener('playing', note, true);
  });
  const page = await context.newPage();
  await page.goto(server.url + path);
  return page;
}

async function signedIn(page: Page): Promise<Page> {
  await page.getByRole('heading', { name: facts.title }).first().waitFor();
  return page;
}

const asOwner = async () => signedIn(await openDevice((await ytApp.api.createSignInCode()).path));

const currentTime = (page: Page) => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
/** Opens the film. @returns the second at which playback starts */
async function startOf(page: Page): Promise<number> {
  await page.goto(`${server.url}/watch/${FILM}`);
  const started = page.locator('video[data-started-at]');
  await started.waitFor();
  return Number(await started.getAttribute('data-started-at'));
}

test(
  'a film left on the phone by closing the tab: continues there on the television, and for nobody else',
  { timeout: 120_000 },
  async () => {
    const phone = await asOwner();
    expect(await startOf(phone)).toBeLessThan(1);
    await expect.poll(() => currentTime(phone), { timeout: 60_000 }).toBeGreaterThan(WATCHED_SECONDS);
    const leftAt = await currentTime(phone);
    await phone.close({ runBeforeUnload: true });
    const television = await asOwner();
    const resumedAt = await startOf(television);
    expect(Math.abs(resumedAt - leftAt)).toBeLessThan(2);
    await expect.poll(() => currentTime(television)).toBeGreaterThan(leftAt + 1);

    const { path } = await ytApp.api.createInvitation();
    const guest = await openDevice(path);
    await guest.getByRole('textbox').fill('Grace');
    await guest.keyboard.press('Enter');
    expect(await startOf(await signedIn(guest))).toBeLessThan(1);
  },
);
