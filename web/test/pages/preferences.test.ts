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

const visibility = () => page.getByLabel(site.add.visibility);
const link = () => page.getByPlaceholder(site.add.placeholder);
const sentVisibility = async () => {
  await eventually(() => visit.server.state.bodies.has('createJob')).toBe(true);
  const { visibility: sent } = Object(visit.server.state.bodies.get('createJob')) as { visibility?: string };
  visit.server.state.bodies.clear();
  return sent;
};

test('who sees a link: is chosen for this one only, on the library page once there is a link', async () => {
  await visit.open('/');
  await link().waitFor();
  expect(await visibility().count()).toBe(0);
  await link().fill('https://example.com/');
  await visibility().selectOption('mine');
  await page.locator('.add-form .button-primary').click();
  expect(await sentVisibility()).toBe('mine');
  await link().fill('https://example.com/2');
  expect(await visibility().inputValue()).toBe('default');
  await page.locator('.add-form .button-primary').click();
  expect(await sentVisibility()).toBeUndefined();
  expect(visit.server.state.caller.preferences?.visibility).toBeNull();
});

test('who sees a link: begins with the preference, also on the page for adding', async () => {
  visit.server.state.caller = aCaller({ role: 'owner', preferences: { ...noPreferences, visibility: 'mine' } });
  await page.setViewportSize({ width: 360, height: 740 });
  await visit.open('/add');
  expect(await visibility().inputValue()).toBe('mine');
  await visibility().selectOption('everyone');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await link().fill('https://example.com/');
  await page.getByText(site.add.asAudio, { exact: true }).click();
  expect(await sentVisibility()).toBe('everyone');
});
