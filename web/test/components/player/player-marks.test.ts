import { expect, test } from 'vitest';
import { noPreferences, type Media, type Preferences } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
/** 16 seconds. */
const film = aMedia({ id: mediaId('film'), marks: [{ start: 1, end: 8, category: 'sponsor' }] });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
});

const currentTime = () => visit.page.locator('video').evaluate((element: HTMLVideoElement) => element.currentTime);
const seek = (to: number) =>
  visit.page.locator('video').evaluate((element: HTMLVideoElement, seconds) => (element.currentTime = seconds), to);
/** Reports whether the player has played a second of the film. */
const hasPlayed = (second: number) =>
  visit.page
    .locator('video')
    .evaluate(
      ({ played }: HTMLVideoElement, at) =>
        Array.from({ length: played.length }).some((_, index) => played.start(index) <= at && at <= played.end(index)),
      second,
    );

async function open(marks: Preferences['marks'], item: Media = film): Promise<void> {
  visit.server.state.media = [item];
  visit.server.state.caller = aCaller({ role: 'member', preferences: { ...noPreferences, marks } });
  await visit.open(item.links.page);
  await eventually(currentTime).toBeGreaterThan(0.1);
}

test('a person who wants marks skipped: the player goes over them, once', async () => {
  await open('skip');
  await visit.page.getByRole('img', { name: site.marks.bar(1) }).waitFor();
  await visit.text(site.marks.undo('sponsor')).click();
  expect(await currentTime()).toBeLessThan(8); // back at its beginning, and it plays on
  await eventually(currentTime).toBeGreaterThan(1.5);
  expect(await currentTime()).toBeLessThan(8);
});

test('a person who wants marks skipped: a mark that is entered in the middle is skipped to its end', async () => {
  await open('skip');
  await seek(4);
  await eventually(currentTime).toBeGreaterThanOrEqual(8);
  expect(await hasPlayed(6.5)).toBe(false);
});

test('a person who wants the choice: nothing is skipped before they press the button', async () => {
  await open('offer');
  const button = visit.text(site.marks.skip('sponsor'));
  await button.waitFor();
  await eventually(currentTime).toBeGreaterThan(1.5);
  expect(await currentTime()).toBeLessThan(8);
  await button.click();
  await eventually(currentTime).toBeGreaterThanOrEqual(8);
  expect(await hasPlayed(7)).toBe(false);
  await button.waitFor({ state: 'detached' });
});

test('a person who has chosen nothing: the mark is played, and not shown', async () => {
  await open(null);
  await eventually(currentTime).toBeGreaterThan(2);
  expect(await currentTime()).toBeLessThan(8);
  expect(await visit.page.locator('.player-marks').count()).toBe(0);
});

test('the settings: offer the choice where the server asks SponsorBlock, and name the source', async () => {
  visit.server.state.caller = aCaller({ role: 'member', hasSponsorBlock: true, preferences: noPreferences });
  await visit.open('/settings');
  await visit.page.getByRole('link', { name: 'CC BY-NC-SA 4.0' }).waitFor();
  await visit.page.getByRole('button', { name: site.marks.choices.skip, exact: true }).click();
  await eventually(() => visit.server.state.caller.preferences?.marks).toBe('skip');
});

test('the settings of a server that does not ask: have no such choice', async () => {
  visit.server.state.caller = aCaller({ role: 'member', preferences: noPreferences });
  await visit.open('/settings');
  await visit.text(site.account.devices).waitFor();
  expect(await visit.text(site.marks.heading).count()).toBe(0);
});
