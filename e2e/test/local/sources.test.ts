import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { paths, type Media } from '@linkcast/contracts';
import {
  createTestClock,
  findFreePort,
  fixturePaths,
  LIMIT_FACTOR,
  makeFixtures,
  openChromium,
  until,
  type TestClock,
} from '@linkcast/testing';
import { languageNames, languages, textsOf, type Language } from '@linkcast/texts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalStack, type LocalStack } from '../../support/local-stack.ts';
import { createOwner, signIn } from '../../support/visitor.ts';

const FOLLOWER = 4711;
const SENDER = 4712;
const OLD = 'An older one';
/** Longer than the time between two checks of a list, 6 hours with its jitter. */
const HOURS_PER_ROUND = 8;
/** Rounds begin once a minute. */
const ROUND_SECONDS = 120;
const PAGE_LIMIT = { timeout: 15_000 * LIMIT_FACTOR };

let clock: TestClock;
let importDir: string;
let fixtures: string;
let stack: LocalStack;
let browser: Browser;

beforeAll(async () => {
  clock = await createTestClock();
  importDir = await mkdtemp(path.join(tmpdir(), 'linkcast-import-'));
  fixtures = await makeFixtures();
  stack = await startLocalStack({
    ...{ httpPort: await findFreePort(), httpsPort: await findFreePort() },
    settings: { IMPORT_DIR: importDir, ALLOWED_USERS: String(SENDER), ...clock.environment },
  });
  browser = await openChromium();
  stack.telegram.say(FOLLOWER, `/start ${stack.ownerCode}`);
  await until(() => said(FOLLOWER).some((text) => text.includes(textsOf('en').bot.claimed)), 20);
});
afterAll(async () => {
  await browser.close();
  await stack.close();
  await clock.close();
  await rm(importDir, { recursive: true });
});

const said = (person: number): string[] => stack.telegram.messages(person).map(({ text }) => text);

describe.concurrent('what comes by itself, and what people have', { timeout: 600_000 }, () => {
  test('a followed feed over three scheduled rounds: one message for each, and chat and site show it in three languages', async () => {
    const feed = createFeed();
    stack.telegram.say(FOLLOWER, `/follow ${feed.url}`);
    const { bot: words } = textsOf('en');
    const question = await until(() =>
      stack.telegram.messages(FOLLOWER).find(({ text }) => text.includes(words.following.chooseType)),
    );
    stack.telegram.press(FOLLOWER, question.messageId, words.typeName.video);
    await until(() => said(FOLLOWER).some((text) => text.includes(words.following.started(feed.title))), 30);

    const follower = await signIn(browser, await signInLinkOf(FOLLOWER));
    const { page } = await follower.open(`${stack.siteUrl}${paths.following}`);
    for (const [round, language] of languages.entries()) {
      await chooseLanguage(FOLLOWER, language);
      const title = `Part ${round + 1}`;
      feed.publish(title);
      await clock.shift((round + 1) * HOURS_PER_ROUND * 3600);
      await readyItem(title, ROUND_SECONDS);
      const count = textsOf(language).bot.reports.children({ ready: 1, failed: 0, total: 1 });
      const reports = (): string[] =>
        said(FOLLOWER).filter((text) => text.includes(feed.title) && text.includes(count));
      await until(() => reports().length === 1, 60);
      await showIn(page, language);
      await page
        .getByRole('heading', { name: textsOf(language).site.following.heading, exact: true })
        .waitFor(PAGE_LIMIT);
      await page.getByText(feed.title).first().waitFor(PAGE_LIMIT);
    }
    await page.goto(`${stack.siteUrl}${paths.library}`);
    for (const title of ['Part 1', 'Part 2', 'Part 3']) await page.getByText(title).first().waitFor(PAGE_LIMIT);
    expect((await stack.api.listMedia({ q: OLD })).media).toEqual([]);
  });

  test('a forwarded video: becomes an item of the one who sent it, and chat says so', async () => {
    stack.telegram.addFile('holiday', await readFile(path.join(fixtures, fixturePaths.mp4IndexAtEnd)));
    const origin = { type: 'channel', date: 1, chat: { id: -1005, type: 'channel' }, message_id: 1 };
    const video = { file_id: 'holiday', file_name: 'holiday.mp4', mime_type: 'video/mp4' };
    const members = { text: undefined, entities: undefined, video, forward_origin: origin };
    stack.telegram.say(SENDER, '', { members });
    await until(
      () => said(SENDER).some((text) => text.includes('holiday') && text.includes(textsOf('en').bot.phase.ready)),
      90,
    );
    const { people } = await stack.api.listPeople();
    const { media } = await stack.api.listMedia({ q: 'holiday' });
    expect(media).toMatchObject([{ state: 'ready', handling: 'copied', sourceUrl: null }]);
    expect(people.map(({ id }) => id)).toContain(media[0]?.personId);
  });

  test('a file that is put into the watch folder: becomes an item, and stays where it is', async () => {
    const file = path.join(importDir, 'wedding.mp4');
    await copyFile(path.join(fixtures, fixturePaths.mp4), `${file}.part`);
    await rename(`${file}.part`, file);
    expect(await readyItem('wedding', 120)).toMatchObject({ handling: 'copied', sourceUrl: null });
    expect((await readFile(file)).equals(await readFile(path.join(fixtures, fixturePaths.mp4)))).toBe(true);
  });

  test('an upload whose bytes do not arrive for a while: goes on by itself, in three languages', async () => {
    const owner = await createOwner(browser, stack);
    for (const language of languages) {
      const { page } = await owner.open(`${stack.siteUrl}${paths.add}`);
      await showIn(page, language);
      await uploadInterrupted(page, language);
      await page.close();
    }
  });
});

/** Asks the bot for a link by which a person signs in. */
async function signInLinkOf(person: number): Promise<string> {
  const asked = stack.telegram.say(person, '/signin');
  return until(() => {
    const later = stack.telegram.messages(person).filter(({ messageId }) => messageId > asked);
    return later.flatMap(({ text }) => /http\S+\/sign-in#[a-z0-9-]+/.exec(text)?.[0] ?? []).at(0);
  });
}

/** Uploads a film whose bytes cannot be sent for a while. */
async function uploadInterrupted(page: Page, language: Language): Promise<void> {
  const { uploads: words } = textsOf(language).site;
  const name = `film-${language}.mp4`;
  let isCut = true;
  await page.route('**/api/uploads/*', (route) => (isCut ? route.abort('connectionreset') : route.continue()));
  const buffer = await readFile(path.join(fixtures, fixturePaths.mp4IndexAtEnd));
  await page.getByLabel(words.choose).setInputFiles({ name, mimeType: 'video/mp4', buffer });
  await page.getByText(words.lost).waitFor({ timeout: 60_000 * LIMIT_FACTOR }); // after several attempts, of 15 s together
  isCut = false;
  await page.evaluate(`dispatchEvent(new Event('online'))`); // as the browser says it
  await page.getByText(words.whole).waitFor({ timeout: 60_000 * LIMIT_FACTOR });
  await readyItem(path.parse(name).name, 90);
}

/** A feed with one old video. */
function createFeed() {
  const title = 'Letters from the garden';
  const items: string[] = [];
  let url = '';
  const publish = (name: string): void => {
    const link = stack.origin.page(`/${items.length}`, { title: name, media: `${fixturePaths.mp4}?${items.length}` });
    items.unshift(`<item><title>${name}</title><link>${link}</link></item>`);
    const channel = `<channel><title>${title}</title>${items.join('')}</channel>`;
    const body = `<?xml version="1.0"?><rss version="2.0">${channel}</rss>`;
    url = stack.origin.text('/letters.rss', 'application/rss+xml', body);
  };
  publish(OLD);
  return { title, url, publish };
}

/** Chooses a language in the chat, as a person does. */
async function chooseLanguage(person: number, language: Language): Promise<void> {
  const { telegram } = stack;
  const asked = telegram.say(person, '/lang');
  const question = await until(() =>
    telegram
      .messages(person)
      .find(({ messageId, keyboard }) => messageId > asked && keyboard.length === languages.length),
  );
  telegram.press(person, question.messageId, languageNames[language]);
  const { chosen } = textsOf(language).bot.language;
  await until(() => telegram.messages(person).some(({ messageId, text }) => messageId > asked && text === chosen));
}

async function showIn(page: Page, language: Language): Promise<void> {
  await page.evaluate(`localStorage.setItem('linkcast.language', '${language}')`);
  await page.reload();
}

function readyItem(title: string, seconds: number): Promise<Media> {
  return until(async () => {
    const { media } = await stack.api.listMedia({ q: title });
    return media.find((item) => item.title === title && item.state === 'ready');
  }, seconds);
}
