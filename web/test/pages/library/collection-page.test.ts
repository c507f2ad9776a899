import { expect, test } from 'vitest';
import { paths } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import type { CannedCollection } from '../../support/canned-collections.ts';
import { aCaller, aMedia, mediaId } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');
const words = site.collections;
const [one, two, three] = ['one', 'two', 'three'].map((name) =>
  aMedia({ id: mediaId(name), title: `Part ${name}`, personId: 'ada' }),
) as [ReturnType<typeof aMedia>, ReturnType<typeof aMedia>, ReturnType<typeof aMedia>];
const course: CannedCollection = {
  ...{ id: mediaId('course'), title: 'A course', personId: 'ada', visibility: 'everyone' },
  ...{ createdAt: '2026-11-01T12:00:00.000Z', mediaIds: [three.id, one.id, two.id] },
};
const PAGE = paths.collection(course.id);

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.media = [one, two, three];
  visit.server.state.collections = [course];
  visit.server.state.caller = aCaller({ role: 'member', personId: 'ada', name: 'Ada' });
});

/** The titles of the items on the page, in their order. */
const titles = () => visit.page.locator('.collection-item strong').allTextContents();
const menu = async (): Promise<void> => visit.button(site.library.actions(course.title)).click();
const dialogButton = (name: string) => visit.page.getByRole('dialog').getByRole('button', { name, exact: true });

test('the library: shows a collection with the number of its items, and leads to them in their order', async () => {
  await visit.open('/');
  const card = visit.page.locator('.card-collection');
  await card.getByText(words.items(3)).waitFor();
  await visit.link(words.open(course.title)).click();
  await visit.heading(course.title).waitFor();
  expect(await titles()).toEqual(['Part three', 'Part one', 'Part two']);
  expect(await visit.page.title()).toBe(`${course.title} · ${site.name}`);
  expect(visit.address()).toBe(PAGE);
});

test('the items: stay in the library, too; a search shows no collections', async () => {
  await visit.open('/');
  await visit.heading(words.heading).waitFor();
  for (const { title } of [one, two, three]) await visit.heading(title).waitFor();
  await visit.page.getByRole('searchbox').fill('part');
  await visit.heading(words.heading).waitFor({ state: 'detached' });
});

test('Play: plays the first item, and each page leads to the next one, up to the last', async () => {
  await visit.open(PAGE);
  await visit.link(words.play).click();
  await visit.heading(three.title).waitFor();
  await visit.link(words.next(one.title)).click();
  await visit.heading(one.title).waitFor();
  await visit.link(words.next(two.title)).click();
  await visit.heading(two.title).waitFor();
  await visit.link(words.partOf(course.title)).waitFor();
  expect(await visit.page.getByRole('link', { name: 'Next' }).count()).toBe(0);
  await visit.link(words.partOf(course.title)).click();
  await visit.heading(course.title).waitFor();
});

test('an item opened from the library, or with a collection that does not exist: has no next one', async () => {
  await visit.open(`${one.links.page}?collection=${mediaId('other')}`);
  await visit.heading(one.title).waitFor();
  await visit.open(one.links.page);
  await visit.heading(one.title).waitFor();
  expect(await visit.page.locator('.collection-next').count()).toBe(0);
});

test('renamed: has the new title on its page', async () => {
  await visit.open(PAGE);
  await menu();
  await visit.button(site.item.rename).click();
  await visit.page.getByLabel(site.item.title).fill('Renamed');
  await visit.page.keyboard.press('Enter');
  await visit.heading('Renamed').waitFor();
  expect(visit.server.state.bodies.get('patchCollection')).toEqual({ title: 'Renamed' });
});

test('made private: says so', async () => {
  await visit.open(PAGE);
  await menu();
  await visit.button(words.makePrivate).click();
  await visit.text(words.madePrivate).waitFor();
  await visit.text(`${words.items(3)} · ${site.item.private}`).waitFor();
});

test('deleted: its items stay, and the library is shown', async () => {
  await visit.open(PAGE);
  await menu();
  await visit.button(words.delete).click();
  await visit.text(words.deleteHint(course.title)).waitFor();
  await dialogButton(words.delete).click();
  await visit.text(words.deleted).waitFor();
  await visit.heading(one.title).waitFor();
  expect(visit.address()).toBe('/');
  expect(visit.server.state).toMatchObject({ collections: [], media: { length: 3 }, trash: [] });
});

test('deleted with its items: they are in the trash', async () => {
  await visit.open(PAGE);
  await menu();
  await visit.button(words.delete).click();
  await visit.page.getByLabel(words.withItems).check();
  await dialogButton(words.delete).click();
  await visit.text(words.deletedWith(3)).waitFor();
  expect(visit.server.state).toMatchObject({ media: [], trash: { length: 3 } });
});

test('of somebody else: has no menu for a member, and no rule', async () => {
  visit.server.state.collections = [{ ...course, personId: 'bea' }];
  await visit.open(PAGE);
  await visit.heading(course.title).waitFor();
  expect(await visit.button(site.library.actions(course.title)).count()).toBe(0);
  expect(await visit.text(words.rule).count()).toBe(0);
});

test('that does not exist: says so, and leads to the library', async () => {
  await visit.open(paths.collection(mediaId('other')));
  await visit.heading(words.missingHeading).waitFor();
  await visit.link(site.item.toLibrary).click();
  await visit.heading(one.title).waitFor();
});

test('more than a page of items: all are shown, one after the other', async () => {
  const many = Array.from({ length: 120 }, (_, number) =>
    aMedia({
      id: mediaId(`many${'abcdefghijkl'.charAt(number / 10)}${'abcdefghij'.charAt(number % 10)}`),
      title: `Part ${number + 1}`,
    }),
  );
  visit.server.state.media = many;
  visit.server.state.collections = [{ ...course, mediaIds: many.map(({ id }) => id) }];
  await visit.open(PAGE);
  await visit.heading(course.title).waitFor();
  await visit.page.locator('.collection-item').last().scrollIntoViewIfNeeded();
  await eventually(async () => (await titles()).length).toBeGreaterThan(50);
  await visit.page.locator('.collection-item').last().scrollIntoViewIfNeeded();
  await eventually(async () => (await titles()).length).toBe(120);
  expect((await titles()).at(-1)).toBe('Part 120');
});

test('an event of a collection: the page and the library read again', async () => {
  await visit.open(PAGE);
  await visit.heading(course.title).waitFor();
  await eventually(visit.server.listenerCount).toBe(1);
  visit.server.state.collections = [{ ...course, title: 'New title', mediaIds: [two.id] }];
  visit.server.emit('collection', { id: course.id, visibility: 'everyone', personId: 'ada' });
  await visit.heading('New title').waitFor();
  expect(await titles()).toEqual(['Part two']);
});

test('titles with markup: are shown as text', async () => {
  const hostile = '<img src=x onerror="document.title=`hacked`"><script>alert(1)</script>';
  visit.server.state.collections = [{ ...course, title: hostile }];
  await visit.open('/');
  await visit.heading(hostile).waitFor();
  await visit.open(PAGE);
  await visit.heading(hostile).waitFor();
  expect(await visit.page.locator('img[src="x"], main script').count()).toBe(0);
});

test('the rule of deletion: is set and removed by owners, and is on the page of the storage', async () => {
  visit.server.state.caller = aCaller({ role: 'owner', personId: 'bert', name: 'Bert' });
  await visit.open(PAGE);
  await visit.text(words.noRule).waitFor();
  await visit.button(site.storage.changeTitle(course.title)).click();
  await visit.page.getByLabel(words.keepLastField).fill('5');
  await visit.page.keyboard.press('Enter');
  await visit.text(words.keepLast(5)).waitFor();
  expect(visit.server.state.rules).toMatchObject([
    { scope: { kind: 'collection', id: course.id }, rule: { keepLast: 5, watchedDays: null } },
  ]);
  visit.server.state.rules = visit.server.state.rules.map((rule) => ({ ...rule, title: course.title }));
  await visit.open(paths.storage);
  await visit.text(words.partOf(course.title)).waitFor();
  await visit.text(words.keepLast(5)).waitFor();
  await visit.open(PAGE);
  await visit.button(site.storage.removeTitle(course.title)).click();
  await visit.text(words.noRule).waitFor();
  expect(visit.server.state.rules).toEqual([]);
});
