import { expect, test } from 'vitest';
import { paths } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller } from '../../support/canned.ts';
import { aCookieJar } from '../../support/sources/canned-sources.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site, problems } = textsOf('en');
const words = site.cookies;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
});

const file = (text: string) => ({ name: 'cookies.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
const give = async (text: string): Promise<void> => {
  await visit.page.getByLabel(words.file).setInputFiles(file(text));
  await visit.button(words.give).click();
};

test('a member: gives cookies of a site for their own links, and deletes them', async () => {
  await visit.open(paths.settings);
  await visit.text(words.none).waitFor();
  expect(await visit.page.getByLabel(words.everyone).count()).toBe(0);
  await visit.page.getByLabel(words.site, { exact: true }).fill('youtube.com');
  await give('the cookies');
  await visit.text('youtube.com').waitFor();
  expect(visit.server.state.bodies.get('putCookies')).toEqual({
    text: 'the cookies',
    use: 'mine',
    site: 'youtube.com',
  });
  await visit.button(words.removeOf('youtube.com')).click();
  await eventually(() => visit.server.state.cookies.length).toBe(0);
});

test('an owner: gives cookies for the links of everybody', async () => {
  visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
  await visit.open(paths.settings);
  await visit.page.getByLabel(words.everyone).check();
  await give('the cookies');
  await visit.text(`site.example · ${words.forAll}`).waitFor();
  expect(visit.server.state.bodies.get('putCookies')).toEqual({ text: 'the cookies', use: 'everyone' });
});

test('cookies of another site: the reason is shown', async () => {
  await visit.open(paths.settings);
  await give('fault');
  await visit.text(problems['cookies-refused'].sentence({ cookies: 'other-site' })).waitFor();
});

test('no file, or one of 5 MB: is not sent', async () => {
  await visit.open(paths.settings);
  await visit.text(words.none).waitFor();
  await visit.button(words.give).click();
  await visit.text(words.missing).waitFor();
  await give('x'.repeat(5_000_000));
  await visit.text(words.tooLarge).waitFor();
  expect(visit.server.calls).not.toContain('POST /api/cookies');
});

test('cookies that have expired: say so', async () => {
  visit.server.state.cookies = [aCookieJar({ id: 'one', state: 'expired' })];
  await visit.open(paths.settings);
  await visit.text(words.expired).waitFor();
});
