import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { MAX_AGED_MS, type Position } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const REPORT = 'POST /api/me/positions';
const KEY = 'linkcast.positions';
const film = aMedia({ id: mediaId('film'), title: 'A film', durationSeconds: 5400 });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio', durationSeconds: 200 });
const other = aMedia({ id: mediaId('other'), title: 'Another film', durationSeconds: 600 });
/** As long as the media files of the tests. */
const clip = aMedia({ id: mediaId('clip'), title: 'A clip', durationSeconds: 16 });

const position = (seconds: number, isWatched = false, minute = 0): Position => ({
  seconds,
  isWatched,
  updatedAt: new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString(),
});

let visit: SiteVisit;
let page: Page;
visitSite((fresh) => {
  visit = fresh;
  ({ page } = fresh);
  fresh.server.state.media = [film, song, other, clip];
});

const put = (entries: Record<string, Position>, personId = 'ada') =>
  visit.server.state.positions.set(personId, new Map(Object.entries(entries)));
const stored = (id: string, personId = 'ada') => visit.server.state.positions.get(personId)?.get(id);
const row = () => page.locator('.continue');
const card = (title: string) => page.locator('.grid .card', { hasText: title });
const reports = () => visit.server.calls.filter((call) => call === REPORT).length;
const video = () => page.locator('video');
const currentTime = () => video().evaluate((element: HTMLVideoElement) => element.currentTime);

describe('the library', () => {
  beforeEach(() =>
    put({
      [film.id]: position(3000, false, 1), // 40 min of 90 are left
      [song.id]: position(80, false, 2), // 2 min
      [other.id]: position(590, true, 3),
      [clip.id]: position(5, false, 4), // near its beginning
    }),
  );

  test('of a person: has what they began on top, the last played first, with the true time that is left', async () => {
    await visit.open('/');
    await row().getByRole('heading', { name: site.library.continue }).waitFor();
    expect(await row().locator('.card-title').allTextContents()).toEqual([song.title, film.title]);
    expect(await row().locator('.card-meta').allTextContents()).toEqual(['2 min left', '40 min left']);
    const played = row().locator('.played span');
    expect(await played.evaluateAll((bars: HTMLElement[]) => bars.map(({ style }) => style.width))).toEqual([
      '40%',
      '55.5556%',
    ]);
    await card(other.title).getByText(site.library.watched.video).waitFor();
    expect(await page.locator('.badge-watched').count()).toBe(1);
    expect(await card(clip.title).locator('.played').count()).toBe(0);
  });

  test('in a search: has no such row; with a filter: those of that type', async () => {
    await visit.open('/');
    await row().waitFor();
    await page.getByRole('button', { name: site.types.audio, exact: true }).last().click();
    await eventually(() => row().locator('.card-title').allTextContents()).toEqual([song.title]);
    await page.getByRole('searchbox').fill('film');
    await row().waitFor({ state: 'detached' });
  });

  test('of another person: has nothing of it', async () => {
    visit.server.state.caller = aCaller({ role: 'member', personId: 'grace' });
    await visit.open('/');
    await card(film.title).waitFor();
    await eventually(() => visit.server.calls.some((call) => call.startsWith('GET /api/me/positions'))).toBe(true);
    expect(await page.locator('.continue, .played, .badge-watched').count()).toBe(0);
  });

  test('an item marked as watched: leaves the row; the mark can be taken back', async () => {
    await visit.open('/');
    await row()
      .getByRole('button', { name: site.library.actions(film.title) })
      .click();
    await visit.button(site.item.mark.video).click();
    await visit.text(site.item.marked.video).waitFor();
    await card(film.title).getByText(site.library.watched.video).waitFor();
    expect(await row().locator('.card-title').allTextContents()).toEqual([song.title]);
    expect(stored(film.id)).toMatchObject({ seconds: 3000, isWatched: true });

    await card(film.title)
      .getByRole('button', { name: site.library.actions(film.title) })
      .click();
    await visit.button(site.item.unmark.video).click();
    await card(film.title).locator('.played').waitFor();
    expect(stored(film.id)).toMatchObject({ seconds: 3000, isWatched: false });
  });

  test('an item that is deleted: leaves the row', async () => {
    await visit.open('/');
    await row().waitFor();
    await eventually(visit.server.listenerCount).toBe(1);
    visit.server.emit('media-deleted', { id: film.id });
    await eventually(() => row().locator('.card-title').allTextContents()).toEqual([song.title]);
  });
});

describe('a player', () => {
  test('that is paused: reports at once; that was seeked while it plays: when the page is left', async () => {
    await visit.open(clip.links.page);
    await eventually(currentTime).toBeGreaterThan(1);
    expect(reports()).toBe(0);
    await video().evaluate((element: HTMLVideoElement) => element.pause());
    await eventually(() => stored(clip.id)?.seconds).toBeCloseTo(await currentTime(), 1);

    await video().evaluate(async (element: HTMLVideoElement) => {
      await element.play();
      element.currentTime = 11;
    });
    await eventually(currentTime).toBeGreaterThan(11);
    expect(reports()).toBe(1);
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    await row()
      .getByText(/^[345] s left$/)
      .waitFor(); // the library shows it at once
    expect(stored(clip.id)?.seconds).toBeGreaterThanOrEqual(11);
    expect(reports()).toBe(2);
  });

  test('that plays on: reports every 10 s', async () => {
    const openedAt = Date.now();
    await visit.open(clip.links.page);
    await eventually(currentTime).toBeGreaterThan(12);
    expect(reports()).toBeGreaterThanOrEqual(1);
    expect(reports()).toBeLessThanOrEqual((Date.now() - openedAt) / 10_000); // a busy machine plays slower than it waits
    expect(stored(clip.id)?.seconds).toBeLessThan(13);
  });

  test('that comes to the end: has watched the item, which then starts over', async () => {
    visit.server.state.media = [{ ...song, durationSeconds: 16 }];
    put({ [song.id]: position(14) });
    await visit.open(song.links.page);
    await visit.text(site.player.resumed('0:14')).waitFor();
    await eventually(() => stored(song.id)).toMatchObject({ isWatched: true });
    await visit.open('/');
    await card(song.title).getByText(site.library.watched.audio).waitFor();
    await visit.open(song.links.page);
    const sound = page.locator('audio');
    const heard = () => sound.evaluate((element: HTMLAudioElement) => element.currentTime);
    await eventually(heard).toBeGreaterThan(0);
    expect(await heard()).toBeLessThan(5);
  });

  test('that is left near the end: has watched the item', async () => {
    put({ [clip.id]: position(14) });
    await visit.open(clip.links.page);
    await eventually(currentTime).toBeGreaterThan(15.3);
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    await card(clip.title).getByText(site.library.watched.video).waitFor();
    await eventually(() => stored(clip.id)).toMatchObject({ isWatched: true });
  });

  test('that never played: leaves the position as it was', async () => {
    put({ [clip.id]: position(12) });
    visit.server.state.broken.add('/media');
    await visit.open(clip.links.page);
    await eventually(() => visit.server.calls.some((call) => call.includes('index.m3u8'))).toBe(true);
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    await row().waitFor();
    expect(reports()).toBe(0);
    expect(stored(clip.id)).toMatchObject({ seconds: 12 });
  });

  test('while the server does not answer: reports later', async () => {
    await visit.open(clip.links.page);
    await eventually(currentTime).toBeGreaterThan(1);
    visit.server.state.broken.add('/api/me/positions');
    await video().evaluate((element: HTMLVideoElement) => element.pause());
    await eventually(reports).toBe(1);
    visit.server.state.broken.clear();
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    await eventually(() => stored(clip.id)?.seconds).toBeGreaterThan(1);
  });
});

describe('the positions in the browser', () => {
  const openWith = async (path: string) => {
    await page.addInitScript(
      ([key, text]) => {
        if (sessionStorage.getItem('filled') === null) localStorage.setItem(key, text);
        sessionStorage.setItem('filled', 'yes');
      },
      [
        KEY,
        JSON.stringify({ [film.id]: { at: 3000, of: 5400 }, [other.id]: { at: 100, of: 600 }, x: { at: 20, of: 60 } }),
      ] as const,
    );
    await visit.open(path);
  };
  const inBrowser = () => page.evaluate((key) => localStorage.getItem(key), KEY);

  test('of a person: move to the server once, and replace nothing there', async () => {
    put({ [other.id]: position(400) });
    await openWith('/');
    await eventually(inBrowser).toBeNull();
    const { positions } = visit.server.state.bodies.get('reportPositions') as { positions: unknown[] };
    expect(positions).toEqual([
      { mediaId: film.id, seconds: 3000, agedMs: MAX_AGED_MS },
      { mediaId: other.id, seconds: 100, agedMs: MAX_AGED_MS },
    ]);
    expect(stored(other.id)).toMatchObject({ seconds: 400 });
    await eventually(() => row().locator('.card-title').allTextContents()).toEqual([other.title, film.title]);
    await page.reload();
    await row().waitFor();
    expect(reports()).toBe(1);
  });

  test('of a person whose server does not answer: stay for the next visit, and count meanwhile', async () => {
    visit.server.state.broken.add('/api/me/positions');
    await openWith(film.links.page);
    await visit.text(site.player.resumed('50:00')).waitFor();
    expect(await inBrowser()).not.toBeNull();
  });

  test('of a visitor: stay there, and nothing is reported', async () => {
    visit.server.state.caller = aCaller({ role: 'visitor' });
    await openWith('/');
    await card(film.title).locator('.played').waitFor();
    await visit.open(clip.links.page);
    await eventually(currentTime).toBeGreaterThan(0.5);
    await video().evaluate((element: HTMLVideoElement) => (element.currentTime = 11));
    await eventually(currentTime).toBeGreaterThan(11);
    await page.getByRole('link', { name: site.nav.library, exact: true }).click();
    await card(clip.title).locator('.played').waitFor();
    expect(Object.keys(JSON.parse((await inBrowser()) ?? '{}') as object)).toContain(clip.id);
    expect(visit.server.calls.filter((call) => call.includes('/api/me/positions'))).toEqual([]);
    await card(clip.title)
      .getByRole('button', { name: site.library.actions(clip.title) })
      .click();
    await page.getByRole('dialog').waitFor();
    expect(await visit.button(site.item.mark.video).count()).toBe(0);
  });
});
