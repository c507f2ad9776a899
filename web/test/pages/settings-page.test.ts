import { expect, test } from 'vitest';
import { textsOf } from '@linkcast/texts';
import { aCaller, aPasskey, aPerson, aPersonalKey, aSession } from '../support/canned.ts';
import { eventually, visitSite, type SiteVisit } from '../support/site-visit.ts';

const { site } = textsOf('en');
const { keys: words, passkeys } = site;

let visit: SiteVisit;
visitSite((fresh) => {
  visit = fresh;
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada' });
  visit.server.state.people = [aPerson({ id: 'ada', name: 'Ada' })];
});

const dialog = () => visit.page.getByRole('dialog');

test('the account button: opens the settings, which can be opened again by their address', async () => {
  await visit.open('/');
  await visit.link(site.account.open).click();
  await visit.heading(site.titles.settings).waitFor();
  expect(visit.address()).toBe('/settings');
  await visit.page.reload();
  await visit.heading(words.heading).waitFor();
});

test('a stranger at /settings: gets the sign-in page', async () => {
  visit.server.state.caller = aCaller({ role: 'visitor' });
  await visit.open('/settings');
  await visit.page.getByLabel(site.signIn.code).waitFor();
});

test('a member: changes their own name', async () => {
  await visit.open('/settings');
  await visit.button(site.account.rename).click();
  await visit.page.getByRole('textbox', { name: site.account.name }).fill('Ada L.');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByText('Ada L.', { exact: true }).waitFor();
  expect(visit.server.state.bodies.get('patchMe')).toEqual({ name: 'Ada L.' });
});

test('a member: creates a sign-in code for another device', async () => {
  await visit.open('/settings');
  await visit.button(site.account.makeCode).click();
  await visit.text('wxyz-2345-abcd').waitFor();
});

test('signing out everywhere: happens after the confirmation, and opens the sign-in page', async () => {
  await visit.open('/settings');
  await visit.button(site.account.everywhere).click();
  await visit.text(site.account.everywhereHint).waitFor();
  await visit.button(site.cancel).click();
  expect(visit.server.calls).not.toContain('DELETE /api/sessions');
  await visit.button(site.account.everywhere).click();
  await dialog().getByRole('button', { name: site.account.everywhere }).click();
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
  await visit.open('/settings');
  const { seenAt } = aSession({ id: 'any' });
  const lines = visit.page.getByRole('listitem').filter({ hasText: / on / }).locator('small');
  await eventually(() => lines.allTextContents()).toEqual([
    site.account.used(seenAt),
    site.account.usedBy('Ada', seenAt),
    site.account.usedBy(site.account.unnamed.owner, seenAt),
  ]);
});

test('a new API key: has the chosen scopes, is shown once, and can be copied', async () => {
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.open('/settings');
  await visit.button(words.make).click();
  const make = dialog().getByRole('button', { name: words.make });
  expect(await make.isDisabled()).toBe(true);
  await visit.page.getByRole('textbox', { name: words.name }).fill('Shortcut');
  expect(await dialog().getByRole('checkbox').count()).toBe(2); // a member's key cannot manage
  await dialog().getByRole('checkbox', { name: words.scopeHints.watch }).uncheck();
  await make.click();
  const key = `lck_${'k'.repeat(43)}`;
  expect(await visit.page.getByLabel(words.key, { exact: true }).inputValue()).toBe(key);
  expect(visit.server.state.bodies.get('createKey')).toEqual({ name: 'Shortcut', scopes: ['add'] });
  await dialog().getByRole('button', { name: words.copy }).click();
  await visit.text(words.copied).waitFor();
  expect(await visit.page.evaluate('navigator.clipboard.readText()')).toBe(key);
  await dialog().getByRole('button', { name: words.done }).click();
  await visit.text(words.unused(words.scopes.add)).waitFor();
  expect(await visit.page.content()).not.toContain(key);
});

test('a key without a scope: cannot be made', async () => {
  await visit.open('/settings');
  await visit.button(words.make).click();
  await visit.page.getByRole('textbox', { name: words.name }).fill('Shortcut');
  for (const hint of [words.scopeHints.watch, words.scopeHints.add])
    await dialog().getByRole('checkbox', { name: hint }).uncheck();
  expect(await dialog().getByRole('button', { name: words.make }).isDisabled()).toBe(true);
});

test('an API key: shows its last use, and is revoked after the confirmation', async () => {
  const usedAt = '2026-02-01T00:00:00.000Z';
  visit.server.state.keys = [aPersonalKey({ id: 'k', scopes: ['watch', 'add'], usedAt })];
  await visit.open('/settings');
  await visit.text(words.used(`${words.scopes.watch}, ${words.scopes.add}`, usedAt)).waitFor();
  await visit.button(words.revokeOf('Shortcut')).click();
  await visit.text(words.revokeHint).waitFor();
  expect(visit.server.state.keys).toHaveLength(1);
  await dialog().getByRole('button', { name: words.revoke }).click();
  await visit.text(words.revoked).waitFor();
  await eventually(() => visit.page.getByText('Shortcut', { exact: true }).count()).toBe(0);
});

test('a passkey: is renamed, and revoked after the confirmation', async () => {
  visit.server.state.passkeys = [aPasskey({ id: 'p' })];
  await visit.open('/settings');
  await visit.button(passkeys.renameOf('Chrome on Android')).click();
  await visit.page.getByRole('textbox', { name: passkeys.name }).fill('My phone');
  await visit.page.keyboard.press('Enter');
  await visit.button(passkeys.revokeOf('My phone')).click();
  await visit.text(passkeys.revokeHint).waitFor();
  await dialog().getByRole('button', { name: passkeys.revoke }).click();
  await visit.text(passkeys.revoked).waitFor();
  expect(visit.server.state.passkeys).toEqual([]);
});

test('a page at an IP address: says why it can add no passkey', async () => {
  await visit.open('/settings');
  await visit.text(passkeys.noName(new URL(visit.server.url).host)).waitFor();
  expect(await visit.button(passkeys.add).count()).toBe(0);
  visit.server.state.caller = aCaller({ role: 'member', name: 'Ada', passkeyDomain: 'media.test' });
  await visit.page.reload();
  await visit.text(passkeys.elsewhere('media.test')).waitFor();
});
