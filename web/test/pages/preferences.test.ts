import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { noPreferences } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aJob, aMedia, aPerson, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });

let visit: SiteVisit;
let page: Page;
visitSite((fresh) => {
  visit = fresh;
  ({ page } = fresh);
  fresh.server.state.media = [film];
  fresh.server.state.jobs = [aJob({ id: 'j', state: 'ready', playable: true, mediaId: film.id, links: film.links })];
  fresh.server.state.caller = aCaller({ role: 'owner', preferences: noPreferences });
  fresh.server.state.people = [aPerson({ id: 'ada', role: 'owner' })];
});

const preferred = () => page.locator('.add-form .button-primary');
const rate = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.playbackRate);
const send = async (key: string) => {
  await page.getByPlaceholder(site.add.placeholder).fill('https://example.com/');
  await (key === 'Enter' ? page.keyboard.press('Enter') : page.locator('.add-form').getByText(key).click());
};

test('a link sent as audio: audio is what the Enter key sends next, also at the next visit', async () => {
  await visit.open('/');
  expect(await preferred().textContent()).toBe(site.types.video);
  await send(site.types.audio);
  await eventually(() => visit.server.state.caller.preferences?.type).toBe('audio');
  await page.reload();
  await preferred().getByText(site.types.audio).waitFor();
  visit.server.state.bodies.clear();
  await send('Enter');
  await eventually(() => visit.server.state.bodies.get('createJob')).toMatchObject({ type: 'audio' });
  expect(visit.server.state.bodies.has('patchMe')).toBe(false); // nothing new
});

test('a quality chosen for a video: is chosen at the next visit', async () => {
  await visit.open('/add');
  await page.getByLabel(site.add.quality).selectOption('480p');
  await page.getByPlaceholder(site.add.placeholder).fill('https://example.com/');
  await page.getByText(site.add.asVideo, { exact: true }).click();
  await eventually(() => visit.server.state.caller.preferences?.quality).toBe('480p');
  expect(visit.server.state.bodies.get('createJob')).toMatchObject({ type: 'video', quality: '480p' });
  await visit.open('/add');
  expect(await page.getByLabel(site.add.quality).inputValue()).toBe('480p');
});

test('a speed: is that of the next film, on another device too; a person without one hears the recorded speed', async () => {
  await visit.open(film.links.page);
  await page.getByLabel(site.player.speed).selectOption('1.5');
  await eventually(rate).toBe(1.5);
  await eventually(() => visit.server.state.caller.preferences?.playbackRate).toBe(1.5);
  const television = await visit.openOther();
  await television.goto(visit.server.url + film.links.page);
  const rateThere = () => television.locator('video').evaluate((video: HTMLVideoElement) => video.playbackRate);
  await eventually(rateThere).toBe(1.5);
  expect(await television.getByLabel(site.player.speed).inputValue()).toBe('1.5');
  await television.close();

  visit.server.state.caller = aCaller({ role: 'member', personId: 'grace', preferences: noPreferences });
  await page.reload();
  await page.locator('video').waitFor();
  expect(await rate()).toBe(1);
});
