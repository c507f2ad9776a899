import { expect, test } from 'vitest';
import { paths, Problem } from '@linkcast/contracts';
import { problemWords, textsOf } from '@linkcast/texts';
import { aFollowedList } from '../support/canned-following.ts';
import { aCaller } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site, problems } = textsOf('en');
const words = site.following;
const CHANNEL = 'https://example.com/channel';

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  visit.server.state.following = [];
});

const rows = () => visit.page.getByRole('main').getByRole('listitem');
const lists = () => visit.server.state.following;

test('from the queue: a list is followed, with its options', async () => {
  await visit.open(paths.queue);
  await visit.page.getByRole('link', { name: words.open }).click();
  await visit.heading(words.empty).waitFor();
  await visit.page.getByLabel(words.link).fill(CHANNEL);
  await visit.button(site.types.audio).click();
  await visit.page.locator('summary').click();
  await visit.page.getByLabel(words.frequency).selectOption('24');
  await visit.page.getByLabel(words.fields.include).fill('episode, talk');
  await visit.page.getByLabel(words.fields.since).fill('2026-11-01');
  await visit.page.getByLabel(words.fields.last).fill('3');
  await visit.page.getByLabel(words.fields.keepLast).fill('10');
  await visit.button(words.follow).click();
  await rows().first().waitFor();
  expect(lists()).toMatchObject([
    {
      ...{ url: CHANNEL, type: 'audio', since: '2026-11-01', waiting: 3, keep: { last: 10, days: null } },
      ...{ filter: { include: ['episode', 'talk'], exclude: [] }, schedule: { kind: 'every', hours: 24 } },
    },
  ]);
  expect(await visit.page.title()).toBe(`${site.titles.following} · ${site.name}`);
});

test('one video: says that it cannot be followed, and the link stays', async () => {
  await visit.open(paths.following);
  await visit.page.getByLabel(words.link).fill('https://example.com/film');
  await visit.button(words.follow).click();
  await visit.text(problems['not-a-list'].sentence({})).waitFor();
  expect(await visit.page.getByLabel(words.link).inputValue()).toBe('https://example.com/film');
});

test('a list: shows its trouble, is paused, continued, checked, changed and ended', async () => {
  const problem = new Problem('source-private').toDocument(problemWords({ code: 'source-private' }));
  const failingSince = '2026-11-20T10:00:00.000Z';
  visit.server.state.following = [aFollowedList({ id: 'talks', title: 'Talks', problem, failingSince, waiting: 2 })];
  await visit.open(paths.following);
  await visit.text(problems['source-private'].sentence({})).waitFor();
  await visit.text(words.waiting(2)).waitFor();
  const press = (name: string) => visit.page.getByRole('button', { name: `${name}: Talks`, exact: true }).click();
  await press(words.check);
  await visit.text(words.checking).waitFor();
  await press(words.pause);
  await press(words.go);
  await eventually(() => Promise.resolve(lists()[0]?.state)).toBe('active');
  await press(words.change);
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByLabel(words.fields.exclude).fill('Teaser');
  await dialog.getByRole('button', { name: site.item.save }).click();
  await eventually(() => Promise.resolve(lists()[0]?.filter.exclude)).toEqual(['Teaser']);
  await press(words.stop);
  await dialog.getByRole('button', { name: words.stop }).click();
  await visit.heading(words.empty).waitFor();
  expect(lists()).toEqual([]);
});
