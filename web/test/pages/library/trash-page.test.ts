import { expect, test } from 'vitest';
import { paths } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aJob, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const DAY_MS = 86_400_000;
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio', personId: 'bea' });

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
  visit.server.state.caller = aCaller({ role: 'member', personId: 'ada', name: 'Ada' });
});

const menuOf = async (title: string): Promise<void> => visit.button(site.library.actions(title)).click();

/** Puts the film into the trash. @param age milliseconds since its deletion. */
function putInTrash(age: number): void {
  visit.server.state.media = [song];
  visit.server.state.trash = [{ ...film, deletedAt: new Date(Date.now() - age).toISOString() }];
}

test('an item deleted from its menu: comes back by the button in the message', async () => {
  await visit.open('/');
  await menuOf(film.title);
  await visit.button(site.item.delete).click();
  await visit.page.getByRole('dialog').getByRole('button', { name: site.item.delete }).click();
  await visit.heading(film.title).waitFor({ state: 'detached' });
  await visit.button(site.item.undo).click();
  await visit.heading(film.title).waitFor();
  expect(visit.server.state.trash).toEqual([]);
});

test('the trash: is reached from the library, and says how many days are left of each item', async () => {
  putInTrash(2 * DAY_MS + 60_000);
  await visit.open('/');
  await visit.page.getByRole('link', { name: site.trash.open }).click();
  await visit.heading(site.trash.heading).waitFor();
  const row = visit.page.getByRole('listitem').filter({ hasText: film.title });
  await eventually(() => row.locator('small').textContent()).toBe('310 MB · Deleted 2 days ago · 5 days left');
  expect(await visit.page.title()).toBe(`${site.titles.trash} · ${site.name}`);
});

test('an item restored: leaves the trash, and is in the library', async () => {
  putInTrash(0);
  await visit.open(paths.trash);
  await visit.button(site.trash.restoreTitle(film.title)).click();
  await visit.text(site.trash.empty).waitFor();
  await visit.page.getByRole('link', { name: site.nav.library }).click();
  await visit.heading(film.title).waitFor();
});

test('an item deleted for good: requires confirmation', async () => {
  putInTrash(0);
  await visit.open(paths.trash);
  await visit.button(site.trash.purgeTitle(film.title)).click();
  await visit.text(site.trash.purgeHeading).waitFor();
  expect(visit.server.state.trash).toHaveLength(1);
  await visit.page.getByRole('dialog').getByRole('button', { name: site.trash.purge, exact: true }).click();
  await visit.text(site.trash.empty).waitFor();
  expect(visit.server.state.trash).toEqual([]);
});

test.each([
  ['member', site.trash.emptyOwnHint],
  ['owner', site.trash.emptyAllHint],
] as const)('the trash emptied by a person in the role %s: says first what is deleted', async (role, hint) => {
  visit.server.state.caller = aCaller({ role, personId: 'ada', name: 'Ada' });
  putInTrash(0);
  await visit.open(paths.trash);
  await visit.button(site.trash.emptyTrash).click();
  await visit.text(hint).waitFor();
  await visit.page.getByRole('dialog').getByRole('button', { name: site.trash.emptyTrash }).click();
  await visit.text(site.trash.emptied(1)).waitFor();
  await visit.text(site.trash.empty).waitFor();
});

test('an own item made private and open again: has a sign on its card meanwhile', async () => {
  await visit.open('/');
  await menuOf(film.title);
  await visit.button(site.item.makePrivate).click();
  await visit.page.getByRole('img', { name: site.item.private }).waitFor();
  await menuOf(film.title);
  await visit.button(site.item.makeOpen).click();
  await visit.page.getByRole('img', { name: site.item.private }).waitFor({ state: 'detached' });
});

test('the menu of an item of somebody else: has no button for its visibility', async () => {
  await visit.open('/');
  await menuOf(song.title);
  await visit.button(site.item.copyLinkForMembers).waitFor();
  expect(await visit.button(site.item.makePrivate).count()).toBe(0);
});

test('a private track: has no button for the radio, which everybody hears', async () => {
  visit.server.state.media = [{ ...song, visibility: 'mine', personId: 'ada' }];
  await visit.open(song.links.page);
  await visit.heading(song.title).waitFor();
  expect(await visit.button(site.item.requestOnRadio).count()).toBe(0);
});

test('a job that becomes private: leaves the queue of those who do not see it', async () => {
  const forAll = aJob({ id: 'k', title: 'For all' });
  visit.server.state.jobs = [aJob({ id: 'j', title: 'A secret' }), forAll];
  await visit.open(paths.queue);
  await visit.text('A secret').waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
  visit.server.state.jobs = [forAll]; // a page that has just connected asks for the list once more
  visit.server.emit('job-hidden', { id: 'j' });
  await visit.text('A secret').waitFor({ state: 'detached' });
  expect(await visit.text('For all').count()).toBe(1);
});

test('without a session: asks to sign in', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  await visit.open(paths.trash);
  await visit.heading(site.signIn.heading).waitFor();
});
