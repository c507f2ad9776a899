import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aMedia, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const texts = textsOf('en');

const { site } = texts;
const CODE = 'abcd-efgh-jkmn';
const film = aMedia({ id: mediaId('film'), title: 'A film' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film];
  visit.server.state.caller = aCaller({ role: 'nobody' });
});

const field = () => visit.page.getByLabel(site.signIn.code);

test('a page without a session: shows the form, and after a valid code the page, at the same address', async () => {
  visit.server.state.codes.set(CODE, 'member');
  await visit.open(film.links.page);
  await field().pressSequentially(CODE.replaceAll('-', '').toUpperCase());
  expect(await field().inputValue()).toBe(CODE);
  await visit.page.keyboard.press('Enter');
  await visit.heading(film.title).waitFor();
  expect(visit.address()).toBe(film.links.page);
});

test('a pasted sign-in link: leaves its code in the field', async () => {
  await visit.open('/sign-in');
  await field().fill(`https://home.test/sign-in#${CODE}`);
  expect(await field().inputValue()).toBe(CODE);
});

test('a code edited in the middle: keeps the caret there', async () => {
  await visit.open('/sign-in');
  await field().fill('abcd-efg');
  await field().press('Home');
  await visit.page.keyboard.type('222222');
  expect(await field().inputValue()).toBe('2222-22ab-cdef');
  const caret = await field().evaluate((input: HTMLInputElement) => input.selectionStart);
  expect(caret).toBe(7);
});

test('a wrong code: the form shows the problem, and the field keeps the focus', async () => {
  await visit.open('/sign-in');
  await field().fill(CODE);
  await visit.button(site.signIn.submit).click();
  await visit.text(texts.problems['sign-in-refused'].sentence({})).waitFor();
  await eventually(() => field().evaluate((input) => input === document.activeElement)).toBe(true);
  visit.server.state.codes.set(CODE, 'owner');
  await visit.page.keyboard.press('Enter');
  await visit.heading(film.title).waitFor();
});

test('an incomplete code: is not sent', async () => {
  await visit.open('/sign-in');
  await field().fill('abcd-ef');
  await visit.page.keyboard.press('Enter');
  await visit.text(site.signIn.incomplete).waitFor();
  expect(visit.server.calls).not.toContain('POST /api/session');
});

test('a server with a bot: the page links to the bot', async () => {
  await visit.open('/sign-in');
  const link = visit.page.getByRole('link', { name: site.signIn.openBot('linkcast_bot') });
  expect(await link.getAttribute('href')).toBe('https://t.me/linkcast_bot');
});

test('an unreachable server: the page shows that, and opens when the server answers', async () => {
  visit.server.state.caller = aCaller({ role: 'owner' });
  visit.server.state.broken.add('/api/session');
  await visit.open('/');
  await visit.text(site.errors.unavailable).waitFor();
  visit.server.state.broken.clear();
  await visit.heading(film.title).waitFor();
});
