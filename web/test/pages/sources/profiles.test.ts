import { expect, test } from 'vitest';
import { paths } from '@linkcast/contracts';
import { textsOf, triedSentence } from '@linkcast/texts';
import { aCaller, aJob } from '../../support/canned.ts';
import { visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site, problems } = textsOf('en');
const words = site.profiles;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
});

test('an owner at /settings: replaces the profiles, and sees what is in force', async () => {
  await visit.open(paths.settings);
  await visit.text(words.none).waitFor();
  await visit.page.getByLabel(words.label).fill('profiles: []');
  await visit.page.locator('.profiles-form').getByRole('button', { name: words.save }).click();
  await visit.text('direct → home').waitFor();
  expect(visit.server.state.bodies.get('replaceProfiles')).toEqual({ text: 'profiles: []' });
});

test('a faulty text: lists the faults, and stays in the field', async () => {
  await visit.open(paths.settings);
  await visit.page.getByLabel(words.label).fill('fault');
  await visit.page.locator('.profiles-form').getByRole('button', { name: words.save }).click();
  await visit.text('line 2, profiles: is unknown').waitFor();
  expect(await visit.page.getByLabel(words.label).inputValue()).toBe('fault');
});

test('a file with faults: shows them with their lines', async () => {
  visit.server.state.profiles = {
    text: 'x',
    hosts: [],
    faults: [{ line: 4, field: 'profiles.0', fault: 'is missing' }],
  };
  await visit.open(paths.settings);
  await visit.text(words.fault(4, 'profiles.0', 'is missing')).waitFor();
});

test('a member at /settings: sees no profiles', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  await visit.open(paths.settings);
  await visit.heading(site.keys.heading).waitFor();
  expect(await visit.heading(words.heading).count()).toBe(0);
  expect(visit.server.calls).not.toContain('GET /api/profiles');
});

test('a job that was ready by its third way: says in the queue what was tried', async () => {
  const tried = [
    { way: 'direct', problem: 'source-refused' },
    { way: 'office', problem: 'outbound-proxy-failed' },
    { way: 'home', problem: null },
  ] as const;
  visit.server.state.jobs = [aJob({ id: 'j', state: 'ready', tried: [...tried] })];
  await visit.open(paths.queue);
  await visit.text(triedSentence([...tried], site.tried, problems)).waitFor();
});
