import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { paths, type RetentionQuestion } from '@linkcast/contracts';
import { languages, textsOf } from '@linkcast/texts';
import { describe, expect, test } from 'vitest';
import { aCaller, aMedia, aPerson, mediaId } from '../support/canned.ts';
import { aDisk } from '../support/canned-storage.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const { storage: words } = site;
const DAY_MS = 86_400_000;
const film = aMedia({ id: mediaId('film'), title: 'A film about the sea', bytes: 12_300_000_000 });
const song = aMedia({ id: mediaId('song'), title: 'A song', type: 'audio', bytes: 9_000_000 });
const talk = aMedia({ id: mediaId('talk'), title: 'A talk', bytes: 2_100_000_000 });
const question: RetentionQuestion = {
  ...{ id: 'q1', mediaId: talk.id, title: talk.title, bytes: talk.bytes, personName: 'Bea', reason: 'unwatched' },
  addedAt: '2026-05-01T10:00:00.000Z',
  askedAt: '2026-11-20T10:00:00.000Z',
  expiresAt: '2026-12-04T10:00:00.000Z',
};
const at = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  const { state } = visit.server;
  state.media = [film, song, talk];
  state.people = [aPerson({ id: 'ada', name: 'Ada', role: 'owner' }), aPerson({ id: 'bea', name: 'Bea' })];
  state.storage = {
    ...aDisk,
    people: [
      { personId: 'ada', name: 'Ada', items: 120, bytes: 4.1e11 },
      { personId: 'bea', name: 'Bea', items: 31, bytes: 1.2e11 },
      { personId: null, name: null, items: 2, bytes: 2e10 },
    ],
  };
  state.next = [
    { at: at(5), reason: 'watched', needsAnswer: false },
    { at: at(-1), reason: 'keep-last', needsAnswer: false },
    { at: at(-1), reason: 'unwatched', needsAnswer: true },
  ];
  state.questions = [question];
});

const rowOf = (title: string, section: string) =>
  visit.page
    .locator('section')
    .filter({ has: visit.heading(section) })
    .getByRole('listitem')
    .filter({ hasText: title });

test('the storage: is reached from the settings, and shows what takes the space in numbers', async () => {
  await visit.open(paths.settings);
  await visit.link(site.titles.storage).click();
  await visit.heading(words.heading).waitFor();
  await visit.text('700 GB of 900 GB in use (the limit is 90% of the disk)').waitFor();
  const legend = await visit.page.getByRole('list', { name: words.disk }).getByRole('listitem').allTextContents();
  expect(legend).toContain('Videos420 GB');
  expect(legend).toContain('Trash50 GB');
  expect(legend).toContain('Free300 GB');
  expect(await rowOf('Bea', words.people).textContent()).toContain('31 items');
});

test('what goes next: says when and why; Keep takes it from the list, Delete moves it to the trash', async () => {
  await visit.open(paths.storage);
  expect(await rowOf(film.title, words.next).locator('small').textContent()).toMatch(/^12.3 GB · watched · goes on /);
  expect(await rowOf(song.title, words.next).textContent()).toContain(words.goesSoon);
  expect(await rowOf(talk.title, words.next).textContent()).toContain(words.asksNow);
  await rowOf(film.title, words.next)
    .getByRole('button', { name: words.keepTitle(film.title) })
    .click();
  await rowOf(film.title, words.next).waitFor({ state: 'detached' });
  expect(visit.server.state.bodies.get('patchMedia')).toEqual({ isKept: true });
  await rowOf(film.title, words.largest).getByText(words.kept).waitFor();
  await rowOf(song.title, words.largest)
    .getByRole('button', { name: words.deleteTitle(song.title) })
    .click();
  await rowOf(song.title, words.largest).waitFor({ state: 'detached' });
  expect(visit.server.state.trash.map(({ id }) => id)).toEqual([song.id]);
});

test.each([
  ['keep', words.keepTitle(talk.title)],
  ['delete', words.deleteTitle(talk.title)],
  ['later', words.laterTitle(talk.title)],
] as const)('a question answered with %s by the keyboard: is sent, and leaves the page', async (answer, name) => {
  await visit.open(paths.storage);
  const button = rowOf(talk.title, words.questions).getByRole('button', { name });
  await button.focus();
  await visit.page.keyboard.press('Enter');
  await visit.heading(words.questions).waitFor({ state: 'detached' });
  expect(visit.server.state.bodies.get('answerRetention')).toEqual({ answer });
});

test('a question that somebody else has answered meanwhile: says so, and the list is current', async () => {
  await visit.open(paths.storage);
  await visit.heading(words.questions).waitFor();
  visit.server.state.questions = [];
  await rowOf(talk.title, words.questions)
    .getByRole('button', { name: words.keepTitle(talk.title) })
    .click();
  await visit.heading(words.questions).waitFor({ state: 'detached' });
  await visit.page.locator('.toast').first().waitFor();
});

test('rules: that of all is changed, one person gets their own, and loses it again', async () => {
  await visit.open(paths.storage);
  await visit.button(words.changeTitle(words.ofAll)).click();
  await visit.page.getByLabel(words.fields.watchedDays).fill('30');
  await visit.page.getByLabel(words.fields.keepLast).fill('100');
  await visit.button(site.item.save).click();
  await rowOf(words.ofAll, words.rules).getByText('watched: after 30 days').waitFor();
  const rule = { watchedDays: 30, unwatchedDays: null, keepLast: 100 };
  expect(visit.server.state.bodies.get('patchRetention')).toEqual({ scope: { kind: 'installation' }, rule });

  await visit.page.getByLabel(words.addForPerson).selectOption('Bea');
  await visit.button(site.item.save).click();
  const bea = rowOf(words.ofPerson('Bea'), words.rules);
  await bea.getByText(words.nothing).waitFor();
  await bea.getByRole('button', { name: words.removeTitle(words.ofPerson('Bea')) }).click();
  await bea.waitFor({ state: 'detached' });
});

test('an item kept from its menu, and no longer kept', async () => {
  await visit.open('/');
  await visit.button(site.library.actions(film.title)).click();
  await visit.button(site.item.keep).click();
  await visit.text(site.item.kept).waitFor();
  await eventually(() => visit.server.state.media.find(({ id }) => id === film.id)?.isKept).toBe(true);
  await visit.button(site.library.actions(film.title)).click();
  await visit.button(site.item.unkeep).click();
  await eventually(() => visit.server.state.media.find(({ id }) => id === film.id)?.isKept).toBe(false);
});

test('a member: sees neither the page nor the entry for an item of somebody else', async () => {
  visit.server.state.caller = aCaller({ role: 'member', personId: 'bea', name: 'Bea' });
  await visit.open(paths.storage);
  await visit.heading(words.forOwnersHeading).waitFor();
  await visit.open('/');
  await visit.button(site.library.actions(film.title)).click();
  await visit.button(site.item.copyLinkForMembers).waitFor();
  expect(await visit.button(site.item.keep).count()).toBe(0);
});

describe.each(languages)('in %s', (language) => {
  test.each([
    ['phone', 320],
    ['desktop', 1280],
  ])('on a %s, when space is short: fits the width, and every button has a name', async (_name, width) => {
    visit.server.state.storage = { ...visit.server.state.storage, level: 'short' };
    const page = await visit.openOther({ locale: language, viewport: { width, height: 800 } });
    await page.goto(visit.server.url + paths.storage);
    const texts = textsOf(language).site.storage;
    await page.getByRole('heading', { name: texts.largest }).waitFor();
    await page.getByText(texts.levels.short).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const button of await page.getByRole('main').getByRole('button').all())
      expect(await button.evaluate(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).trim())).not.toBe('');
    const folder = process.env['STORAGE_SCREENSHOTS'];
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${language}-${width}.png`), fullPage: true });
    }
    await page.close();
  });
});
