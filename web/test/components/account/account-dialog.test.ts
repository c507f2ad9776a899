import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aPerson, aSession } from '../../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../../support/site-visit.ts';

const { site } = textsOf('en');

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  visit.server.state.people = [aPerson({ id: 'ada', name: 'Ada' })];
});

const dialog = () => visit.page.getByRole('dialog');

test('a member: changes their own name', async () => {
  await visit.open('/');
  await visit.button(site.account.open).click();
  await visit.button(site.account.rename).click();
  await visit.page.getByRole('textbox', { name: site.account.name }).fill('Ada L.');
  await visit.page.keyboard.press('Enter');
  await dialog().getByText('Ada L.', { exact: true }).waitFor();
  expect(visit.server.state.bodies.get('patchMe')).toEqual({ name: 'Ada L.' });
});

test('a member: creates a sign-in code for another device', async () => {
  await visit.open('/');
  await visit.button(site.account.open).click();
  await visit.button(site.account.makeCode).click();
  await visit.text('wxyz-2345-abcd').waitFor();
});

test('signing out everywhere: happens after the confirmation, and opens the sign-in page', async () => {
  await visit.open('/');
  await visit.button(site.account.open).click();
  await visit.button(site.account.everywhere).click();
  await visit.text(site.account.everywhereHint).waitFor();
  await visit.button(site.cancel).click();
  await visit.button(site.account.signOutHere).waitFor();
  expect(visit.server.calls).not.toContain('DELETE /api/sessions');
  await visit.button(site.account.everywhere).click();
  await visit.button(site.account.everywhere).click();
  await visit.page.getByLabel(site.signIn.code).waitFor();
  expect(visit.server.calls).toContain('DELETE /api/sessions');
});

test('the devices of two people of one name: those of the other person have the name', async () => {
  visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
  visit.server.state.sessions = [
    aSession({ id: 'here', isCurrent: true }),
    aSession({ id: 'there', personId: 'other', device: 'Safari on iPhone' }),
    aSession({ id: 'console', personId: 'console', name: null, device: 'Edge on Windows' }),
  ];
  await visit.open('/');
  await visit.button(site.account.open).click();
  const { seenAt } = aSession({ id: 'any' });
  const lines = dialog().getByRole('listitem').filter({ hasText: / on / }).locator('small');
  await eventually(() => lines.allTextContents()).toEqual([
    site.account.used(seenAt),
    site.account.usedBy('Ada', seenAt),
    site.account.usedBy(site.account.unnamed.owner, seenAt),
  ]);
});
