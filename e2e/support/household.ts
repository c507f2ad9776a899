import { isEnded, paths, type Job, type Media, type MediaList } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import { addVirtualAuthenticator, fixturePaths, openChromium, until } from '@linkcast/testing';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { connectTelegram } from './connected-account.ts';
import { joinHousehold, type Housemate } from './housemate.ts';
import type { Stack } from './stack.ts';
import { signIn } from './visitor.ts';

const { site: words } = textsOf('en');
/** The edge remembers for some seconds who may pass. */
const FORGOTTEN_WITHIN_SECONDS = 15;
const STOPPED_AT_SECONDS = 15;

/** The owner and four more people, from their invitations to the removal of one. */
export async function liveTogether(stack: Stack): Promise<void> {
  const browser = await openChromium();
  try {
    const ana = await joinHousehold(browser, stack, 'Ana');
    const ben = await joinHousehold(browser, stack, 'Ben');
    const chloe = await joinWithPasskeyOnly(browser, stack);
    const dan = await joinHousehold(browser, stack, 'Dan');

    const diary = await addVideo(ana, stack, 'diary', { visibility: 'mine' });
    const films = new Map<Housemate, Media>();
    for (const person of [ana, ben, chloe, dan]) films.set(person, await addVideo(person, stack, person.name));
    const everyones = [...films.values()].map(({ id }) => id);
    for (const person of [ben, chloe, dan]) await expectHidden(person, diary, everyones);
    expect(await libraryOf(ana)).toEqual([...everyones, diary.id].toSorted());

    await touchWhatIsNotTheirs(ben, films.get(ana)?.id ?? '');
    await continueElsewhere(browser, stack, { ana, ben, film: films.get(ana)?.links.page ?? '' });
    await connectTelegram(stack, chloe);
    await reachLimit(stack, dan);
    await remove(stack, ben, films.get(ana)?.links.hls ?? '');
  } finally {
    await browser.close();
  }
}

/** Joins with a passkey, signs out, and comes back by nothing else. */
async function joinWithPasskeyOnly(browser: Browser, stack: Stack): Promise<Housemate> {
  const chloe = await joinHousehold(browser, stack, 'Chloe', { prepare: addVirtualAuthenticator, addsPasskey: true });
  const { page } = chloe;
  await page.goto(`${stack.siteUrl}${paths.settings}`);
  await page.getByRole('button', { name: words.account.signOutHere, exact: true }).click();
  await page.getByRole('button', { name: words.passkeys.signIn, exact: true }).click();
  await until(async () => (await chloe.ask('GET', '/api/me')).status === 200, 15);
  expect((await chloe.ask('GET', '/api/me')).body).toMatchObject({ id: chloe.id, name: 'Chloe' });
  return chloe;
}

async function addVideo(person: Housemate, stack: Stack, name: string, more: object = {}): Promise<Media> {
  const url = `${stack.origin.url}${fixturePaths.mp4}?${name}`;
  const { status, body } = await person.ask('POST', '/api/jobs', { url, type: 'video', ...more });
  expect(status).toBe(202);
  const { mediaId } = await until(async () => {
    const job = (await person.ask('GET', `/api/jobs/${(body as Job).id}`)).body as Job;
    return isEnded(job.state) ? job : undefined;
  }, 60);
  const item = (await person.ask('GET', `/api/media/${mediaId ?? ''}`)).body as Media;
  expect(item).toMatchObject({ state: 'ready', personId: person.id });
  return item;
}

/** The ids of the items of the household that a person sees. */
async function libraryOf(person: Housemate): Promise<string[]> {
  const { media } = (await person.ask('GET', '/api/media')).body as MediaList;
  return media
    .filter(({ sourceUrl }) => /\?(diary|Ana|Ben|Chloe|Dan)$/.test(sourceUrl ?? ''))
    .map(({ id }) => id)
    .toSorted();
}

/** Checks that a private item does not exist for another person: in the library, by its id, and as a file. */
async function expectHidden(person: Housemate, item: Media, others: readonly string[]): Promise<void> {
  expect(await libraryOf(person)).toEqual(others.toSorted());
  expect((await person.ask('GET', `/api/media/${item.id}`)).status).toBe(404);
  expect((await person.ask('GET', item.links.hls ?? '')).status).toBe(404);
}

async function touchWhatIsNotTheirs(person: Housemate, id: string): Promise<void> {
  expect((await person.ask('PATCH', `/api/media/${id}`, { title: 'Mine' })).status).toBe(403);
  expect((await person.ask('PATCH', `/api/media/${id}`, { visibility: 'mine' })).status).toBe(403);
  expect((await person.ask('DELETE', `/api/media/${id}`)).status).toBe(403);
  expect((await person.ask('GET', '/api/people')).status).toBe(403);
}

interface Continuing {
  readonly ana: Housemate;
  readonly ben: Housemate;
  /** Path of the page. */
  readonly film: string;
}

/** A film goes on where the same person stopped, on another device; for another person it begins at its beginning. */
async function continueElsewhere(browser: Browser, stack: Stack, { ana, ben, film }: Continuing): Promise<void> {
  const player = await ana.visitor.watch(`${stack.siteUrl}${film}`);
  await player.reach(0.5);
  await player.page.evaluate(`document.querySelector('video').currentTime = ${STOPPED_AT_SECONDS}`);
  await player.reach(STOPPED_AT_SECONDS + 1);
  const stoppedAt = await player.currentTime();
  await player.page.close({ runBeforeUnload: true });
  const { path } = (await ana.ask('POST', '/api/sign-in-codes', {})).body as { path: string };
  const television = await signIn(browser, `${stack.siteUrl}${path}`);
  await until(async () => {
    const { body } = await ana.ask('GET', '/api/me/positions');
    return (body as { positions: unknown[] }).positions.length > 0;
  }, 15);
  const resumed = await television.watch(`${stack.siteUrl}${film}`);
  await resumed.reach(stoppedAt - 2);
  expect(await resumed.currentTime()).toBeLessThan(stoppedAt + 5);
  const other = await ben.visitor.watch(`${stack.siteUrl}${film}`);
  await other.reach(0.2);
  expect(await other.currentTime()).toBeLessThan(STOPPED_AT_SECONDS - 5);
  for (const { page } of [resumed, other]) await page.close();
}

/** The owner allows one link a day: the person has sent it. */
async function reachLimit(stack: Stack, person: Housemate): Promise<void> {
  await stack.api.patchPerson(person.id, { limits: { jobsPerDay: 1 } });
  const url = `${stack.origin.url}${fixturePaths.mp4}?more`;
  const { status, body } = await person.ask('POST', '/api/jobs', { url, type: 'video' });
  expect(status).toBe(429);
  expect(body).toMatchObject({ code: 'over-limit', facts: { overLimit: { which: 'jobsPerDay', limit: 1, used: 1 } } });
  expect((await person.ask('GET', '/api/media')).status).toBe(200);
}

/** Removes a person, who then has no access any more. */
async function remove(stack: Stack, person: Housemate, file: string): Promise<void> {
  expect((await person.ask('GET', file)).status).toBe(200);
  await stack.api.removePerson(person.id);
  expect((await person.ask('GET', '/api/media')).status).toBe(401);
  await until(async () => (await person.ask('GET', file)).status === 401, FORGOTTEN_WITHIN_SECONDS);
}
