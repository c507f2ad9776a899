import { isEnded, paths, type Job } from '@linkcast/contracts';
import { fixturePaths, until, type TestMessage } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { expect } from 'vitest';
import type { Housemate } from './housemate.ts';
import type { Stack } from './stack.ts';

const { site, bot } = textsOf('en');

/** A Telegram account that nobody has yet. */
const ACCOUNT = 8123;
/** The bot collects ends for ten seconds. */
const REPORTED_WITHIN_SECONDS = 30;

/**
 * A person of the site connects a Telegram account, as `/settings` offers it: the bot knows them, reports what they add on the site, and
 * obeys them; it does not know them any more when they disconnect it.
 */
export async function connectTelegram(stack: Stack, person: Housemate): Promise<void> {
  const { telegram } = stack;
  await connect(stack, person);
  expect((await person.ask('GET', '/api/me')).body).toMatchObject({ id: person.id, telegramId: ACCOUNT });

  const title = await addOnSite(stack, person);
  await until(() => answersOf(stack).find(({ text }) => text.includes(title)), REPORTED_WITHIN_SECONDS);

  const asked = telegram.say(ACCOUNT, `/dv ${stack.origin.url}${fixturePaths.mp4}?from-chat`);
  const mediaId = await until(async () => {
    const { jobs } = (await person.ask('GET', '/api/jobs')).body as { jobs: Job[] };
    return jobs.find(({ url, state }) => url.endsWith('?from-chat') && state === 'ready')?.mediaId ?? undefined;
  }, 60);
  expect((await person.ask('GET', `/api/media/${mediaId}`)).body).toMatchObject({ personId: person.id });
  await until(() => answersOf(stack).find(({ replyTo, text }) => replyTo === asked && text.includes('/watch/')), 20);

  await disconnect(stack, person);
}

async function connect({ siteUrl, telegram }: Stack, { page }: Housemate): Promise<void> {
  await page.goto(`${siteUrl}${paths.settings}`);
  await page.getByRole('button', { name: site.telegram.connect, exact: true }).click();
  const link = await page.getByRole('link', { name: site.telegram.open }).getAttribute('href');
  const code = new URL(link ?? '').searchParams.get('start') ?? '';
  telegram.say(ACCOUNT, `/start ${code}`);
  const question = await until(() => telegram.messages(ACCOUNT).find(({ keyboard }) => keyboard.length > 0), 20);
  expect(question.text).toContain('Chloe');
  telegram.press(ACCOUNT, question.messageId, bot.connection.yes);
  await page.getByText(site.telegram.connectedHint(String(ACCOUNT))).waitFor({ timeout: 20_000 }); // the page has seen it by itself
}

/** @returns the title of what was added. */
async function addOnSite(stack: Stack, person: Housemate): Promise<string> {
  const url = `${stack.origin.url}${fixturePaths.mp4}?from-site`;
  const { status, body } = await person.ask('POST', '/api/jobs', { url, type: 'video' });
  expect(status).toBe(202);
  const { title } = await until(async () => {
    const job = (await person.ask('GET', `/api/jobs/${(body as Job).id}`)).body as Job;
    return isEnded(job.state) ? job : undefined;
  }, 60);
  expect(title).not.toBeNull();
  return title ?? '';
}

async function disconnect(stack: Stack, person: Housemate): Promise<void> {
  const { siteUrl, telegram } = stack;
  const { page } = person;
  await page.goto(`${siteUrl}${paths.settings}`);
  await page.getByRole('button', { name: site.telegram.disconnect, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: site.telegram.disconnect, exact: true }).click();
  await until(
    async () => ((await person.ask('GET', '/api/me')).body as { telegramId: number | null }).telegramId === null,
    15,
  );
  const said = telegram.say(ACCOUNT, `${stack.origin.url}${fixturePaths.mp4}?stranger`);
  await until(() => answersOf(stack).some(({ messageId }) => messageId > said), 20);
  const { jobs } = await stack.api.listJobs();
  expect(jobs.filter(({ url }) => url.endsWith('?stranger'))).toEqual([]);
}

function answersOf({ telegram }: Stack): readonly TestMessage[] {
  return telegram.messages(ACCOUNT).filter(({ fromBot }) => fromBot);
}
