import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aJob, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const film = aMedia({ id: mediaId('film'), title: 'A film' });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio' });
const hostile = '<img src=x onerror="document.title=`hacked`"> & </title><script>alert(1)</script>';

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [film, song];
});

test('titles with markup: are shown as text on the pages of library and item', async () => {
  visit.server.state.media = [{ ...film, title: hostile, uploader: hostile }];
  visit.server.state.jobs = [aJob({ id: 'j', title: hostile })];
  await visit.open('/');
  await visit.page.getByRole('heading', { name: hostile }).first().waitFor();
  await visit.open(film.links.page);
  await visit.page.getByRole('heading', { name: hostile }).waitFor();
  expect(await visit.page.title()).toBe(`${hostile} · ${site.name}`);
  expect(await visit.page.locator('img[src="x"], main script').count()).toBe(0);
});

test('an item: appears when it is playable, with its progress, and disappears when it is deleted', async () => {
  await visit.open('/');
  await visit.page.getByRole('heading', { name: song.title }).waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
  const fresh = aMedia({ id: mediaId('fresh'), title: 'Fresh', state: 'playable', jobId: 'j' });
  const job = aJob({ id: 'j', title: 'Fresh' });
  visit.server.emit('job', job);
  await visit.page.getByRole('progressbar', { name: 'Fresh' }).waitFor();
  visit.server.emit('job', { ...job, playable: true });
  visit.server.emit('media', fresh);
  await visit.page.locator('.card', { hasText: 'Fresh' }).getByText('43%').waitFor();
  visit.server.emit('media-deleted', { id: fresh.id });
  await visit.page.getByRole('heading', { name: 'Fresh' }).waitFor({ state: 'detached' });
});

test('the former URL of the video page: shows the videos only', async () => {
  await visit.open('/?type=video');
  await visit.page.getByRole('heading', { name: film.title }).waitFor();
  expect(await visit.page.getByRole('heading', { name: song.title }).count()).toBe(0);
});

test('deleting an item: requires confirmation, then removes the card', async () => {
  await visit.open('/');
  await visit.page.getByRole('button', { name: site.library.actions(film.title) }).click();
  await visit.page.getByRole('button', { name: site.item.delete }).click();
  await visit.text(site.item.deleteHeading).waitFor();
  expect(visit.server.state.media).toHaveLength(2);
  await visit.page.getByRole('dialog').getByRole('button', { name: site.item.delete }).click();
  await visit.page.getByRole('heading', { name: film.title }).waitFor({ state: 'detached' });
  expect(visit.server.state.media).toEqual([song]);
});

test('renaming an item: changes the card', async () => {
  await visit.open('/');
  await visit.page.getByRole('button', { name: site.library.actions(film.title) }).click();
  await visit.page.getByRole('button', { name: site.item.rename }).click();
  await visit.page.getByLabel(site.item.title, { exact: true }).fill('A better name');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByRole('heading', { name: 'A better name' }).waitFor();
});

test('an empty library: explains how to add a link', async () => {
  visit.server.state.media = [];
  await visit.open('/');
  await visit.text(site.library.emptyHint).waitFor();
});

test('an unreadable library: shows the failure with a retry button, not the empty state', async () => {
  visit.server.state.broken.add('/api/media');
  await visit.open('/');
  await visit.page.getByRole('alert').waitFor();
  expect(await visit.text(site.library.empty).count()).toBe(0);
  visit.server.state.broken.clear();
  await visit.page.getByRole('button', { name: site.errors.retry }).click();
  await visit.page.getByRole('heading', { name: film.title }).waitFor();
});

test('a broken event stream: is shown, and missed items are read when it is back', async () => {
  await visit.open('/');
  await eventually(visit.server.listenerCount).toBe(1);
  visit.server.state.broken.add('/api/events');
  visit.server.dropListeners();
  await visit.text(site.connection.lost).waitFor();
  visit.server.state.media = [...visit.server.state.media, aMedia({ id: mediaId('missed'), title: 'Missed' })];
  visit.server.state.broken.clear();
  await visit.page.getByRole('heading', { name: 'Missed' }).waitFor();
  await visit.text(site.connection.lost).waitFor({ state: 'detached' });
});
