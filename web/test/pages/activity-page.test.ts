import { expect, test } from 'vitest';
import { paths, type Activity } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { aCaller, aPerson } from '../support/canned.ts';
import { visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const words = site.activity;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
  visit.server.state.people = [aPerson({ id: 'bea', name: 'Bea' })];
  visit.server.state.activity = [
    entry({ id: '3', kind: 'notice-opened', person: null, sentence: 'New notice: The disk is full.' }),
    entry({ id: '2', kind: 'removed', person: { id: 'ada', name: 'Ada' }, sentence: 'Removed <b>Cleo</b>' }),
    entry({ id: '1', kind: 'signed-in', person: { id: 'bea', name: 'Bea' }, sentence: 'Signed in: Firefox on Linux' }),
  ];
});

function entry(fields: Pick<Activity, 'id' | 'kind' | 'person' | 'sentence'>): Activity {
  return { at: new Date().toISOString(), subject: null, mediaId: null, ...fields };
}

const rows = () => visit.page.getByRole('main').getByRole('listitem');

test('the activity: is reached from the people, and says who did what; names are text', async () => {
  await visit.open(paths.people);
  await visit.page.getByRole('link', { name: words.open }).click();
  await visit.heading(words.heading).waitFor();
  await rows().nth(2).waitFor();
  expect(await rows().nth(0).textContent()).toContain('New notice: The disk is full.Linkcast · ');
  expect(await rows().nth(1).textContent()).toContain('Removed <b>Cleo</b>Ada · ');
  expect(await visit.page.title()).toBe(`${site.titles.activity} · ${site.name}`);
});

test('a chosen kind: shows the entries of that kind', async () => {
  await visit.open(paths.activity);
  await rows().nth(2).waitFor();
  await visit.page.getByLabel(words.kindLabel).selectOption('signed-in');
  await visit.text('Removed').waitFor({ state: 'detached' });
  expect(await rows().count()).toBe(1);
});

test('for a member: is not shown, and not requested', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Bea' });
  await visit.open(paths.activity);
  await visit.heading(site.people.forOwnersHeading).waitFor();
  expect(await rows().count()).toBe(0);
});
