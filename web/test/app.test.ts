import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aJob, aMedia, mediaId } from './support/canned.ts';
import { eventually, visitSite, type SiteVisit } from './support/site-visit.ts';

const { site } = textsOf('en');
const CODE = 'abcd-efgh-jkmn';
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
  visit.server.state.caller = aCaller({ role: 'nobody' });
});

const field = () => visit.page.getByLabel(site.signIn.code);

test('a revoked session: the next request opens the sign-in page at the same address and ends the events', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.open('/radio');
  await visit.button(site.radio.play).waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
  await eventually(() => visit.server.calls).toContain('GET /api/media?type=audio&limit=8'); // the last one of the page
  visit.server.state.caller = aCaller({ role: 'nobody' });
  await visit.button(site.radio.skip).click();
  await field().waitFor();
  expect(visit.address()).toBe('/radio');
  await eventually(visit.server.listenerCount).toBe(0);

  visit.server.state.codes.set(CODE, 'member');
  await field().fill(CODE);
  await visit.page.keyboard.press('Enter');
  await visit.button(site.radio.play).waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
});

test('a revoked session without further requests: the sign-in page opens when the event stream ends', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.open('/queue');
  await eventually(visit.server.listenerCount).toBe(1);
  visit.server.state.caller = aCaller({ role: 'nobody' });
  visit.server.dropListeners();
  await field().waitFor();
  expect(visit.address()).toBe('/queue');
});

test('signing out on this device: opens the sign-in page', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  await visit.open('/');
  await visit.link(site.account.open).click();
  await visit.button(site.account.signOutHere).click();
  await field().waitFor();
});

test('a visitor who signs in at /queue: gets the queue', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  visit.server.state.codes.set(CODE, 'member');
  await visit.open('/queue');
  await field().fill(CODE);
  await visit.page.keyboard.press('Enter');
  await visit.page.getByRole('heading', { name: site.queue.heading }).waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
});

test('a visitor who signs in at /add: gets the form', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  visit.server.state.codes.set(CODE, 'member');
  await visit.open('/add');
  await field().fill(CODE);
  await visit.page.keyboard.press('Enter');
  await visit.page.getByLabel(site.add.field).waitFor();
});

test('a session that ends on a public site: becomes that of a visitor, without jobs and events', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  visit.server.state.jobs = [aJob({ id: 'j', title: 'Arriving' })];
  await visit.open('/');
  await visit.heading('Arriving').waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
  visit.server.state.caller = aCaller({ role: 'visitor' });
  visit.server.dropListeners();
  await visit.heading('Arriving').waitFor({ state: 'detached' });
  await visit.heading(film.title).waitFor();
  await visit.text(site.connection.lost).waitFor({ state: 'detached' });
  expect(visit.server.listenerCount()).toBe(0);
});
