import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, anInvitation, aPasskey, aPerson } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const texts = textsOf('en');

const { site } = texts;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'owner', name: 'Ada' });
  visit.server.state.people = [
    aPerson({ id: 'ada', name: 'Ada', role: 'owner', telegramId: 7 }),
    aPerson({ id: 'grace', name: 'Grace', seenAt: null }),
  ];
});

const row = (name: string) =>
  visit.page.getByRole('listitem').filter({ has: visit.page.getByText(name, { exact: true }) });
const openMenu = async (name: string) => visit.button(site.people.actions(name)).click();

test('an owner: reaches the people from the settings, with role, Telegram and last visit', async () => {
  await visit.open('/');
  await visit.link(site.account.open).click();
  await visit.page.getByRole('link', { name: site.account.people }).click();
  await visit.heading(site.people.heading).waitFor();
  expect(visit.address()).toBe('/people');
  const ada = row('Ada');
  await ada.getByText(site.people.you, { exact: true }).waitFor();
  await ada.getByText(site.account.roles.owner, { exact: true }).waitFor();
  await ada.getByText(`${site.people.telegram} · ${site.people.seen('2026-11-20T10:00:00.000Z')}`).waitFor();
  await row('Grace').getByText(`${site.people.noTelegram} · ${site.people.notSeen}`).waitFor();
});

test('an owner: renames a person and changes their role', async () => {
  await visit.open('/people');
  await openMenu('Grace');
  await visit.button(site.people.rename).click();
  await visit.page.getByRole('textbox', { name: site.people.name }).fill('Grace H.');
  await visit.page.keyboard.press('Enter');
  await row('Grace H.').waitFor();
  await openMenu('Grace H.');
  await visit.button(site.people.makeOwner).click();
  await row('Grace H.').getByText(site.account.roles.owner, { exact: true }).waitFor();
  expect(visit.server.state.people[1]).toMatchObject({ name: 'Grace H.', role: 'owner' });
});

test('removing a person: says what ends, and happens after the confirmation', async () => {
  await visit.open('/people');
  await openMenu('Grace');
  await visit.button(site.people.remove).click();
  await visit.text(site.people.removeHint).waitFor();
  expect(visit.server.state.people).toHaveLength(2);
  await visit.button(site.people.remove).click();
  await visit.text(site.people.removed('Grace')).waitFor();
  await row('Grace').waitFor({ state: 'detached' });
  expect(visit.server.state.people.map(({ id }) => id)).toEqual(['ada']);
});

test('the last owner: can neither step down nor be removed, and gets the reason', async () => {
  await visit.open('/people');
  await openMenu('Ada');
  await visit.button(site.people.makeMember).click();
  await visit.text(site.people.stepDownHint).waitFor();
  await visit.button(site.people.stepDown).click();
  await visit.text(texts.problems['last-owner'].sentence({})).waitFor();
  await visit.button(site.dismiss).click();
  await openMenu('Ada');
  await visit.button(site.people.remove).click();
  await visit.button(site.people.remove).click();
  await visit.text(texts.problems['last-owner'].sentence({})).waitFor();
  expect(visit.server.state.people[0]).toMatchObject({ id: 'ada', role: 'owner' });
});

test('a passkey of a person: is revoked after the confirmation, and cannot be renamed by an owner', async () => {
  visit.server.state.passkeys = [aPasskey({ id: 'p', name: 'Lost phone' })];
  await visit.open('/people');
  await openMenu('Grace');
  await visit.button(site.passkeys.heading).click();
  await visit.button(site.passkeys.revokeOf('Lost phone')).click();
  await visit.text(site.passkeys.revokeHint).waitFor();
  expect(visit.server.state.passkeys).toHaveLength(1);
  expect(await visit.button(site.passkeys.renameOf('Lost phone')).count()).toBe(0);
  await visit.button(site.passkeys.revoke).click();
  await visit.text(site.passkeys.revoked).waitFor();
  await visit.text(site.passkeys.none).waitFor();
  expect(visit.server.state.passkeys).toEqual([]);
});

test('an owner who steps down: loses the page of people', async () => {
  visit.server.state.people = [...visit.server.state.people, aPerson({ id: 'linus', name: 'Linus', role: 'owner' })];
  await visit.open('/people');
  await openMenu('Ada');
  await visit.button(site.people.makeMember).click();
  await visit.button(site.people.stepDown).click();
  await visit.heading(site.people.forOwnersHeading).waitFor();
});

test('the owner at the console: can be renamed only', async () => {
  visit.server.state.people = [aPerson({ id: 'console', name: null, role: 'owner', isConsole: true })];
  await visit.open('/people');
  await openMenu(site.account.unnamed.owner);
  await visit.text(site.people.consoleHint).waitFor();
  await visit.button(site.people.rename).waitFor();
  expect(await visit.button(site.people.makeMember).count()).toBe(0);
  expect(await visit.button(site.people.remove).count()).toBe(0);
});

test('an invitation: has role, uses and validity, a link, a QR code and a Telegram link', async () => {
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open('/people');
  await visit.button(site.invite.invite).click();
  await visit.button(site.account.roles.owner).click();
  await visit.text(site.invite.roleHints.owner).waitFor();
  await visit.page.getByRole('combobox', { name: site.invite.uses }).selectOption(site.invite.people(5));
  await visit.button(site.share.days(1)).click();
  await visit.button(site.invite.make).click();
  const link = `${visit.server.url}/join#invitation-1`;
  await visit.page.getByRole('img', { name: site.invite.qrLabel }).waitFor();
  expect(await visit.page.getByRole('textbox', { name: site.invite.link }).inputValue()).toBe(link);
  expect(visit.server.state.bodies.get('createInvitation')).toEqual({
    role: 'owner',
    uses: 5,
    lifetimeSeconds: 86_400,
  });
  const readClipboard = () => visit.page.evaluate(() => navigator.clipboard.readText());
  await visit.button(site.share.copy).click();
  await eventually(readClipboard).toBe(link);
  await visit.button(site.invite.copyTelegram).click();
  await eventually(readClipboard).toBe('https://t.me/linkcast_bot?start=invitation-1');
  await visit.button(site.close).click();
  await visit.text(site.invite.entry(site.account.roles.owner, 5)).waitFor();
});

test('an invitation made at an address of this computer: is said to work there only', async () => {
  await visit.open('/people');
  await visit.button(site.invite.invite).click();
  await visit.button(site.invite.make).click();
  await visit.text(site.invite.localHint).waitFor();
});

test('an open invitation: is revoked', async () => {
  const invitation = anInvitation({ id: 'i', usesLeft: 3 });
  visit.server.state.invitations.set('some-code', invitation);
  await visit.open('/people');
  await visit.text(site.invite.untilBy(invitation.expiresAt, 'Ada')).waitFor();
  await visit.button(site.invite.revokeOf(invitation.expiresAt)).click();
  await visit.text(site.invite.revoked).waitFor();
  await visit.text(site.invite.none).waitFor();
  expect(visit.server.state.invitations.size).toBe(0);
});

test('a member at /people: learns that it is for owners, and nothing is requested', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Grace', personId: 'grace' });
  await visit.open('/people');
  await visit.heading(site.people.forOwnersHeading).waitFor();
  expect(visit.server.calls.filter((call) => /api\/(?:people|invitations)/.test(call))).toEqual([]);
});

test('a visitor at /people: gets the sign-in page', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  await visit.open('/people');
  await visit.page.getByLabel(site.signIn.code).waitFor();
});

test('the limits of members: are changed, and storage is entered in GB', async () => {
  await visit.open('/people');
  await visit.text(site.limits.noneAtAll).waitFor();
  await visit.button(site.limits.change).click();
  await visit.page.getByRole('combobox', { name: site.limits.names.jobsPerDay }).selectOption(site.limits.own);
  await visit.page.getByLabel(site.limits.amounts.jobsPerDay).fill('20');
  await visit.page.getByRole('combobox', { name: site.limits.names.storageBytes }).selectOption(site.limits.own);
  await visit.page.getByLabel(site.limits.amounts.storageBytes).fill('1.5');
  await visit.button(site.item.save).click();
  const shown = [site.limits.values.jobsPerDay(20), site.limits.values.storageBytes(1.5e9)];
  await visit.text(shown.join(' · ')).waitFor();
  expect(visit.server.state.limits).toEqual({ jobsPerDay: 20, storageBytes: 1.5e9, openJobs: null });
});

test('the exceptions of a member: begin as for all, and may be a number or none', async () => {
  visit.server.state.limits = { jobsPerDay: 20, storageBytes: null, openJobs: 3 };
  await visit.open('/people');
  await openMenu('Grace');
  await visit.button(site.limits.entry).click();
  const choice = (name: keyof typeof site.limits.names) =>
    visit.page.getByRole('combobox', { name: site.limits.names[name] });
  expect(await choice('jobsPerDay').inputValue()).toBe('default');
  await choice('jobsPerDay').selectOption(site.limits.none);
  await choice('openJobs').selectOption(site.limits.own);
  await visit.page.getByLabel(site.limits.amounts.openJobs).fill('5');
  await visit.button(site.item.save).click();
  await visit.text(site.limits.saved).waitFor();
  expect(visit.server.state.people[1]?.limits).toEqual({ jobsPerDay: null, openJobs: 5 });
});

test('an owner: has no entry for limits', async () => {
  await visit.open('/people');
  await openMenu('Ada');
  await visit.button(site.people.makeMember).waitFor();
  expect(await visit.button(site.limits.entry).count()).toBe(0);
});

test('a member with limits: sees their use in the settings', async () => {
  visit.server.state.caller = aCaller({ role: 'member', name: 'Grace', personId: 'grace' });
  visit.server.state.limits = { jobsPerDay: 20, storageBytes: null, openJobs: 3 };
  await visit.open('/settings');
  await visit.text(site.limits.yours).waitFor();
  await visit.text(site.limits.use('2', '20')).waitFor();
  await visit.text(site.limits.use('2', '3')).waitFor();
  expect(await visit.text(site.limits.names.storageBytes).count()).toBe(0);
});
