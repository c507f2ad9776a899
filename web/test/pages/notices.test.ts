import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import type { Notice } from '@linkcast/contracts';
import { aCaller, aHealth } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const warning: Notice = {
  key: 'disk-media:2026-11-21T12:00:00.000Z',
  severity: 'warning',
  since: '2026-11-21T12:00:00.000Z',
  sentence: 'The disk is <almost> full.',
  action: { sentence: 'Delete something.' },
};
const info: Notice = { ...warning, key: 'other', severity: 'info', sentence: 'Something has happened.', action: null };

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.health = aHealth({ notices: [warning, info] });
});
const list = () => visit.page.getByRole('region', { name: site.notices.heading });
const healthCalls = () => visit.server.calls.filter((call) => call.includes('/api/health'));

test('an owner: sees the notices and what to do, in the library and the queue', async () => {
  visit.server.state.caller = aCaller({ role: 'owner' });
  for (const address of ['/', '/queue']) {
    await visit.open(address);
    await list().getByText(warning.sentence).waitFor();
    await eventually(() => list().locator('article').count()).toBe(2);
    expect(await list().locator('article').first().innerText()).toMatch(/full\.\s+Delete something\.\s+Since 21 Nov/);
  }
});

test('a dismissed notice: stays hidden in this browser, until it becomes worse', async () => {
  visit.server.state.caller = aCaller({ role: 'owner' });
  await visit.open('/');
  await list().locator('article').first().getByRole('button', { name: site.notices.dismiss }).click();
  await eventually(() => list().locator('article').allInnerTexts()).toEqual([
    expect.stringContaining(info.sentence) as string,
  ]);
  await visit.open('/');
  await list().getByText(info.sentence).waitFor();
  expect(await list().locator('article').count()).toBe(1);

  visit.server.state.health = aHealth({ notices: [{ ...warning, severity: 'critical' }, info] });
  await visit.open('/');
  await list().getByText(warning.sentence).waitFor();
});

test('a notice that ends while the page is open: disappears at the next check', async () => {
  visit.server.state.caller = aCaller({ role: 'owner' });
  await visit.page.clock.install();
  await visit.open('/');
  await list().waitFor();
  visit.server.state.broken.add('/api/');
  await visit.page.clock.runFor(31_000);
  expect(await list().count()).toBe(1);
  visit.server.state.broken.clear();
  visit.server.state.health = aHealth();
  await visit.page.clock.runFor(31_000);
  await eventually(() => list().count()).toBe(0);
});

test('a member: sees no notices, and requests none', async () => {
  visit.server.state.caller = aCaller({ role: 'member' });
  await visit.open('/');
  await visit.page.getByLabel(site.add.field).waitFor();
  expect(await list().count()).toBe(0);
  expect(healthCalls()).toEqual([]);
});
