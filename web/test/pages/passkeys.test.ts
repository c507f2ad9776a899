import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths } from '@linkcast/contracts';
import { addVirtualAuthenticator, openChromium, type VirtualAuthenticator } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildSite } from '../support/built-site.ts';
import { startRealApiSite, type RealApiSite } from '../support/real-api-site.ts';
import { eventually } from '../support/site-visit.ts';

const texts = textsOf('en');
const { site: words } = texts;

let built: string;
let browser: Browser;
let site: RealApiSite;
let page: Page;
let authenticator: VirtualAuthenticator;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'linkcast-passkeys-'));
  [browser] = await Promise.all([openChromium(), buildSite(built)]);
});
afterAll(async () => {
  await browser.close();
  await rm(built, { recursive: true });
});
beforeEach(async () => {
  site = await startRealApiSite(built);
  page = await browser.newPage();
  authenticator = await addVirtualAuthenticator(page);
});
afterEach(async () => {
  await page.close();
  await site.stop();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const open = (path: string) => page.goto(site.url + path);

/** Opens an invitation, and joins as Grace. */
async function acceptInvitation(): Promise<void> {
  const { id } = await site.api.access.people.atConsole();
  const { code } = await site.api.access.invitations.create({ role: 'member', usesLeft: 1, createdBy: id }, 3600);
  await open(paths.joinWith(code));
  await page.getByLabel(words.join.name).fill('Grace');
  await button(words.join.submit).click();
  await heading(words.passkeys.offerHeading('Grace')).waitFor();
}

async function signOut(): Promise<void> {
  await open(paths.settings);
  await button(words.account.signOutHere).click();
  await page.getByLabel(words.signIn.code).waitFor();
}

describe('a person without Telegram', () => {
  test('joins, adds a passkey, signs out, and comes back with it as the same person', async () => {
    await acceptInvitation();
    await button(words.passkeys.add).click();
    await heading(words.library.empty).waitFor();
    expect(await authenticator.countPasskeys()).toBe(1);
    await signOut();
    await button(words.passkeys.signIn).click();
    await page.getByText(words.account.roles.member, { exact: true }).waitFor();
    const people = await site.api.access.people.list();
    expect(people.filter(({ name }) => name === 'Grace')).toHaveLength(1);
  });

  test('cannot revoke the only passkey; once Telegram is connected they can, and it signs nobody in', async () => {
    await acceptInvitation();
    await button(words.passkeys.add).click();
    await heading(words.library.empty).waitFor();
    await open(paths.settings);
    const revoke = async () => {
      await button(words.passkeys.revokeOf('Chrome on Linux')).click();
      await page.getByRole('dialog').getByRole('button', { name: words.passkeys.revoke }).click();
    };
    await revoke();
    await page.getByText(texts.problems['last-way-in'].sentence({})).waitFor();
    const { people } = site.api.access;
    const grace = (await people.list()).find(({ name }) => name === 'Grace');
    await people.connectTelegram(grace?.id ?? '', 1001);
    await revoke();
    await page.getByText(words.passkeys.revoked).waitFor();
    await signOut();
    await button(words.passkeys.signIn).click();
    await page.getByText(texts.problems['passkey-refused'].sentence({})).waitFor();
    await page.getByLabel(words.signIn.code).waitFor();
  });

  test('who wants no passkey: gets the library, and can add one later, but not a second on the same device', async () => {
    await acceptInvitation();
    await button(words.passkeys.later).click();
    await heading(words.library.empty).waitFor();
    await open(paths.settings);
    await button(words.passkeys.add).click();
    await page.getByText(words.passkeys.added).waitFor();
    await button(words.passkeys.add).click();
    await page.getByText(words.passkeys.prompt.known).waitFor();
    expect(await authenticator.countPasskeys()).toBe(1);
  });

  test('whom the device does not recognise: gets no passkey, and is not signed in', async () => {
    await acceptInvitation();
    await authenticator.setUserVerified(false);
    await button(words.passkeys.add).click();
    await page.getByText(words.passkeys.prompt.cancelled).waitFor();
    await authenticator.setUserVerified(true);
    await button(words.passkeys.add).click();
    await heading(words.library.empty).waitFor();
    await signOut();
    await authenticator.setUserVerified(false);
    await button(words.passkeys.signIn).click();
    await page.getByText(words.passkeys.prompt.cancelled).waitFor();
    await eventually(async () => (await site.api.access.sessions.list()).length).toBe(0);
  });
});

test('a page at an IP address: has no button for passkeys, and joining opens the library', async () => {
  const { id } = await site.api.access.people.atConsole();
  const { code } = await site.api.access.invitations.create({ role: 'member', usesLeft: 1, createdBy: id }, 3600);
  const url = site.url.replace('localhost', '127.0.0.1');
  await page.goto(url + paths.signIn);
  await page.getByLabel(words.signIn.code).waitFor();
  expect(await button(words.passkeys.signIn).count()).toBe(0);
  await page.goto(url + paths.joinWith(code));
  await page.getByLabel(words.join.name).fill('Grace');
  await button(words.join.submit).click();
  await heading(words.library.empty).waitFor();
});
