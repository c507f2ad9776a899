import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient, paths } from '@linkcast/contracts';
import { addVirtualAuthenticator, openChromium, testKeys } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildSite } from '../support/built-site.ts';
import { eventually } from '../support/site-visit.ts';
import { startRealApiSite, type RealApiSite } from '../support/real-api-site.ts';

const texts = textsOf('en');
const { telegram: words, passkeys } = texts.site;
const ACCOUNT = 1001;

let built: string;
let browser: Browser;
let site: RealApiSite;
let page: Page;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'linkcast-telegram-'));
  [browser] = await Promise.all([openChromium(), buildSite(built)]);
});
afterAll(async () => {
  await browser.close();
  await rm(built, { recursive: true });
});
beforeEach(async () => {
  site = await startRealApiSite(built);
  page = await browser.newPage();
  await bot().setBotAccount({ name: 'my_bot', miniAppKey: '0'.repeat(64) });
});
afterEach(async () => {
  await page.close();
  await site.stop();
});

const bot = () => createApiClient({ baseUrl: site.api.url, token: testKeys.bot });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const openSettings = () => page.goto(site.url + paths.settings);

/** Signs in as Grace, who came in on the site. @returns her id */
async function signIn(): Promise<string> {
  const { people, codes } = site.api.access;
  const { id } = await people.add({ name: 'Grace', role: 'member', telegramId: null, invitedBy: null });
  const { code } = await codes.create(id, 900);
  await page.goto(site.url + paths.signInWith(code));
  await page.getByRole('heading', { name: texts.site.library.empty, exact: true }).waitFor();
  return id;
}

/** Asks for a link; returns its code, as the bot gets it. */
async function askForLink(): Promise<string> {
  await button(words.connect).click();
  await page.getByRole('img', { name: words.qrLabel }).waitFor();
  const url = new URL((await page.getByRole('link', { name: words.open }).getAttribute('href')) ?? '');
  expect(url.origin + url.pathname).toBe('https://t.me/my_bot');
  return url.searchParams.get('start') ?? '';
}

test('a person connects Telegram, needs a passkey to disconnect it, and connects it again', async () => {
  await addVirtualAuthenticator(page);
  const graceId = await signIn();
  await site.api.access.sessions.create({ personId: graceId, device: 'Old phone' });
  await openSettings();
  await page.getByText('Old phone').waitFor();
  const { id } = await bot().openTelegramLink({ code: await askForLink(), telegramId: ACCOUNT });
  await bot().confirmTelegramLink({ id, telegramId: ACCOUNT });
  await page.getByText(words.connectedHint(String(ACCOUNT))).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);

  expect(await button(words.reportChoices.on).getAttribute('aria-pressed')).toBe('true');
  await button(words.reportChoices.off).click();
  const { id: personId } = (await site.api.access.people.byTelegram(ACCOUNT)) ?? { id: '' };
  await eventually(async () => (await bot().getReportAccount(personId)).telegramId).toBe(null);

  const disconnect = async () => {
    await button(words.disconnect).click();
    await page.getByRole('dialog').getByRole('button', { name: words.disconnect }).click();
  };
  await disconnect();
  await page.getByText(texts.problems['last-way-in'].sentence({})).waitFor();
  await button(passkeys.add).click();
  await page.getByText(passkeys.added).waitFor();
  await disconnect();
  await page.getByText(words.hint).waitFor();
  await page.getByText('Old phone').waitFor({ state: 'detached' }); // it was signed out
  expect(await site.api.access.people.byTelegram(ACCOUNT)).toBeUndefined();
  await askForLink();
});

test('a link that has expired: says so, and another one is made on demand', async () => {
  await page.clock.install();
  await signIn();
  await openSettings();
  const first = await askForLink();
  await page.clock.fastForward(601_000);
  await page.getByText(words.expired).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: texts.site.errors.retry }).click();
  await page.getByRole('img', { name: words.qrLabel }).waitFor();
  const url = await page.getByRole('link', { name: words.open }).getAttribute('href');
  expect(url).not.toContain(first);
});

test('without a bot: the settings offer no connection', async () => {
  await bot().setBotAccount({ name: null, miniAppKey: '0'.repeat(64) });
  await signIn();
  await openSettings();
  await page.getByRole('heading', { name: passkeys.heading }).waitFor();
  expect(await button(words.connect).count()).toBe(0);
});
