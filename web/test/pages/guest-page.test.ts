import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, aShare, mediaId } from '../support/canned.ts';
import type { SiteServer } from '../support/site-server.ts';
import { eventually, visitSite } from '../support/site-visit.ts';

const { site } = textsOf('en');
const TOKEN = 'a'.repeat(22);
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let server: SiteServer;
let page: Page;

visitSite((visit) => {
  ({ server, page } = visit);
  server.state.media = [film, song];
  server.state.caller = aCaller({ role: 'nobody' });
});

const open = () => page.goto(`${server.url}/s/${TOKEN}/`);
const share = (mediaId: string | null) => server.state.shares.set(TOKEN, aShare({ id: 's', mediaId }));
const text = (content: string | RegExp) => page.getByText(content).first();
const currentTime = () => page.locator('video, audio').evaluate((element: HTMLMediaElement) => element.currentTime);

test('a shared video: plays from below the share, and the page requests and links nothing else', async () => {
  share(film.id);
  await open();
  await page.getByRole('heading', { name: film.title }).waitFor();
  await eventually(currentTime).toBeGreaterThan(1);
  await text(/This link works until/).waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  expect(await page.getByRole('link').count()).toBe(0);
  const requests = server.calls.filter((call) => /\/(api|media|play|s)\b/.test(call));
  const allowed = ['GET /api/session', `GET /api/media/${film.id}`];
  expect(requests.filter((call) => !call.startsWith(`GET /s/${TOKEN}/`) && !allowed.includes(call))).toEqual([]);
});

test('a share opened by a member: links to the library', async () => {
  server.state.caller = aCaller({ role: 'member' });
  share(film.id);
  await open();
  await page.getByRole('link', { name: site.item.toLibrary }).click();
  await page.getByRole('heading', { name: site.titles.library }).waitFor();
});

test('a shared song: plays its MP3 from below the share', async () => {
  share(song.id);
  await open();
  await eventually(currentTime).toBeGreaterThan(0.5);
  expect(server.calls).toContain(`GET /s/${TOKEN}/audio.mp3`);
});

test('a shared video that is still arriving: plays, and becomes ready', async () => {
  server.state.media = [{ ...film, state: 'playable' }];
  server.state.segments.set(film.id, 2);
  share(film.id);
  await open();
  await text('0:04 of 0:16 playable').waitFor();
  server.state.media = [film];
  server.state.segments.delete(film.id);
  await text('Still downloading').waitFor({ state: 'detached' });
  await eventually(currentTime).toBeGreaterThan(5);
});

test('a share revoked while its item arrives: the page shows that the link has ended, without a player', async () => {
  server.state.media = [{ ...film, state: 'playable' }];
  server.state.segments.set(film.id, 2);
  share(film.id);
  await open();
  await text('Still downloading').waitFor();
  server.state.shares.clear();
  await text(site.guest.endedHeading).waitFor();
  expect(await page.locator('video').count()).toBe(0);
});

test('a shared radio: plays the stream of the share, without a skip button', async () => {
  share(null);
  await open();
  await page.getByRole('button', { name: site.radio.play, exact: true }).click();
  await page.getByRole('button', { name: site.radio.stop, exact: true }).waitFor();
  await eventually(() => server.calls.some((call) => call.startsWith(`GET /s/${TOKEN}/play`))).toBe(true);
  expect(await page.getByRole('button', { name: site.radio.skip }).count()).toBe(0);
});

test.each([TOKEN, 'no-token'])('the page of the unknown share %s: shows that the link has ended', async (token) => {
  await page.goto(`${server.url}/s/${token}/`);
  await text(site.guest.endedHint).waitFor();
});
