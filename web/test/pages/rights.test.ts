import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aJob, aMedia, aSession, aStation, aTrack, mediaId } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
});

test('a visitor: can watch and listen, and gets no button that needs the right to add', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  visit.server.state.media = [film, song].map((item) => ({ ...item, uploader: null, sourceUrl: null }));
  visit.server.state.jobs = [aJob({ id: 'j', title: 'Arriving' })];
  visit.server.state.station = aStation({ now: aTrack({ mediaId: song.id, title: 'On the air' }) });
  await visit.open('/');
  await visit.heading(film.title).waitFor();
  expect(await visit.heading('Arriving').count()).toBe(0);
  expect(await visit.page.getByLabel(site.add.field).count()).toBe(0);
  expect(await visit.page.getByRole('link', { name: site.nav.add, exact: true }).count()).toBe(0);
  await visit.page.getByRole('button', { name: site.library.actions(film.title) }).click();
  const buttons = visit.page.getByRole('dialog').getByRole('button');
  await eventually(() => buttons.allTextContents()).toEqual(['', site.item.copyLink]);
  await visit.page.keyboard.press('Escape');

  expect(await visit.page.getByRole('link', { name: site.nav.queue }).count()).toBe(0);
  await visit.page.getByRole('link', { name: site.nav.radio }).click();
  await visit.heading('On the air').waitFor();
  expect(await visit.button(site.radio.skip).count()).toBe(0);
  expect(await visit.button(site.share.radioHeading).count()).toBe(0);
  expect(await visit.text(site.radio.request).count()).toBe(0);
  await visit.open(song.links.page);
  await visit.heading(song.title).waitFor();
  expect(await visit.button(site.share.share).count()).toBe(0);
  expect(await visit.button(site.item.requestOnRadio).count()).toBe(0);
  await visit.text(site.item.details).click();
  await visit.text(site.item.added).waitFor();
  expect(await visit.page.locator('dt', { hasText: site.item.source }).count()).toBe(0);
  expect(visit.server.calls.filter((call) => /jobs|events/.test(call))).toEqual([]);
  expect(await visit.text(site.connection.lost).count()).toBe(0);
});

test('the library of a visitor: shows new items by polling, and requests no jobs or events', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  await visit.page.clock.install();
  await visit.open('/');
  await visit.heading(film.title).waitFor();
  const fresh = aMedia({ id: mediaId('fresh'), title: 'Fresh', createdAt: '2027-01-01T00:00:00.000Z' });
  visit.server.state.media = [fresh, film, song];
  await visit.page.clock.runFor(31_000);
  await visit.heading('Fresh').waitFor();
  visit.server.state.broken.add('/api/');
  await visit.page.clock.runFor(31_000);
  await eventually(() => visit.server.calls.filter((call) => call.startsWith('GET /api/media')).length).toBe(3);
  expect(await visit.heading('Fresh').count()).toBe(1);
  expect(visit.server.calls.filter((call) => /jobs|events/.test(call))).toEqual([]);
});

test('a member: sees their devices, but no health and no people', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  visit.server.state.sessions = [aSession({ id: 's', isCurrent: true, device: 'Chromium on Linux' })];
  await visit.open('/');
  await visit.link(site.account.open).click();
  await visit.text('Chromium on Linux').waitFor();
  await visit.text(site.account.roles.member).waitFor();
  expect(await visit.heading(site.health.heading).count()).toBe(0);
  expect(await visit.page.getByRole('link', { name: site.account.people }).count()).toBe(0);
  expect(visit.server.calls).not.toContain('GET /api/health');
});

test('what belongs to somebody else: has no button to change or share it for a member, and has them for an owner', async () => {
  const foreign = { ...song, personId: 'grace' };
  visit.server.state.media = [foreign];
  visit.server.state.jobs = [
    aJob({ id: 'own', title: 'My link' }),
    aJob({ id: 'foreign', title: 'Her link', requesterId: 'grace' }),
  ];
  const menuOf = async (): Promise<string[]> => {
    await visit.open('/');
    await visit.page.getByRole('button', { name: site.library.actions(foreign.title) }).click();
    const buttons = visit.page.getByRole('dialog').getByRole('button');
    await visit.text(site.item.copyLinkForMembers).waitFor();
    return (await buttons.allTextContents()).filter((text) => text !== '');
  };
  const cancels = (title: string) => visit.button(`${site.queue.cancel}: ${title}`).count();

  visit.server.state.caller = aCaller({ role: 'member' });
  const mark = site.item.mark.audio;
  expect(await menuOf()).toEqual([mark, site.item.requestOnRadio, site.item.copyLinkForMembers]);
  await visit.open(foreign.links.page);
  await visit.button(site.item.copyLinkForMembers).waitFor();
  expect([await visit.button(site.share.share).count(), await visit.button(site.item.playInVlc).count()]).toEqual([
    0, 0,
  ]);
  await visit.open('/queue');
  await visit.text('Her link').waitFor();
  expect([await cancels('My link'), await cancels('Her link')]).toEqual([1, 0]);

  visit.server.state.caller = aCaller({ role: 'owner' });
  const { item, share } = site;
  const own = [item.copyLinkForMembers, item.keep, item.makePrivate, item.rename, item.delete];
  expect(await menuOf()).toEqual([mark, share.share, item.requestOnRadio, ...own]);
  await visit.open('/queue');
  await visit.text('Her link').waitFor();
  expect([await cancels('My link'), await cancels('Her link')]).toEqual([1, 1]);
});

test('an owner: sees the health, signs a device out, and creates a sign-in code', async () => {
  visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
  visit.server.state.sessions = [
    aSession({ id: 'here', isCurrent: true, device: 'Chromium on Linux' }),
    aSession({ id: 'there', personId: 'grace', name: 'Grace', device: 'Safari on iPhone' }),
  ];
  await visit.open('/');
  await visit.link(site.account.open).click();
  await visit.text(visit.server.state.health.reachability.sentence).waitFor();
  await visit.button(site.account.signOutOf('Safari on iPhone')).click();
  await visit.text('Safari on iPhone').waitFor({ state: 'detached' });
  expect(visit.server.state.sessions.map(({ id }) => id)).toEqual(['here']);
  await visit.button(site.account.makeCode).click();
  await visit.text('wxyz-2345-abcd').waitFor();
});

test('heights above the limit of the installation: are not offered', async () => {
  visit.server.state.caller = aCaller({ role: 'member', maxHeight: 720 });
  await visit.open('/add');
  const options = visit.page.getByLabel(site.add.quality).locator('option');
  const offered = ['best', '720p', '480p', '360p'].map((name) => qualityText(name));
  await eventually(() => options.allTextContents()).toEqual(offered);
});

function qualityText(name: string): string {
  return Object.entries(site.add.qualities).find(([quality]) => quality === name)?.[1] ?? name;
}
