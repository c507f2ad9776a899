import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownFilePath, paths, type ProblemFacts, type ProblemType } from '@linkcast/contracts';
import { openChromium } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildSite } from '../support/built-site.ts';
import { startRealApiSite, type RealApiSite } from '../support/real-api-site.ts';
import { eventually } from '../support/site-visit.ts';

const texts = textsOf('en');
const { uploads: words } = texts.site;
const BYTES = 3_000_000;

let built: string;
let browser: Browser;
let site: RealApiSite;
let page: Page;
let faults: string[];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'linkcast-uploads-'));
  [browser] = await Promise.all([openChromium(), buildSite(built)]);
});
afterAll(async () => {
  await browser.close();
  await rm(built, { recursive: true });
});
beforeEach(async () => {
  site = await startRealApiSite(built);
  page = await browser.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  const { people, codes } = site.api.access;
  const { code } = await codes.create((await people.atConsole()).id, 900);
  await page.goto(site.url + paths.signInWith(code));
  await page.getByRole('heading', { name: texts.site.library.empty, exact: true }).waitFor();
  await page.goto(site.url + paths.add);
});
afterEach(async () => {
  await page.close();
  await site.stop();
  expect(faults).toEqual([]);
});

const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.getByLabel(words.choose).setInputFiles(files);
const film = (name: string, bytes = BYTES) => ({ name, mimeType: 'video/mp4', buffer: Buffer.alloc(bytes, name) });
const received = (id: string) => readFile(join(site.api.mediaDir, ownFilePath(id)));
const jobs = async () => (await site.api.jobs.list({ limit: 50 }, 'everything')).jobs;

function refuse(route: Route, status: number, code: ProblemType, facts: ProblemFacts = {}): Promise<void> {
  const problem = {
    type: `urn:linkcast:problem:${code}`,
    title: code,
    status,
    error: code,
    code,
    retryable: false,
    facts,
  };
  return route.fulfill({ status, contentType: 'application/problem+json', json: problem });
}

test('several files: arrive whole one after another, each with a job', async () => {
  await choose(film('My film.mp4'), { ...film('Song.flac'), mimeType: 'audio/flac' });
  for (const name of ['My film.mp4', 'Song.flac']) await row(name).getByText(words.whole).waitFor();
  const made = await jobs();
  expect(made).toMatchObject([
    { title: 'My film', type: 'video' },
    { title: 'Song', type: 'audio' },
  ]);
  const id = made[0]?.url.slice('upload://'.length) ?? '';
  expect((await received(id)).equals(film('My film.mp4').buffer)).toBe(true);
  await row('My film.mp4').getByRole('link', { name: words.open }).click();
  await page.getByRole('heading', { name: 'My film', exact: true }).waitFor();
});

test('a connection that is lost on the way: the file goes on from where it stopped', async () => {
  let [starts, cut] = [0, 0];
  await page.route('**/api/uploads', (route) => {
    starts += 1;
    return starts > 1 ? route.continue() : refuse(route, 502, 'server-starting');
  });
  await page.route('**/api/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH' || cut > 0) return route.continue();
    cut += 1;
    const { headers, url } = { headers: await route.request().allHeaders(), url: route.request().url() };
    const part =
      route
        .request()
        .postDataBuffer()
        ?.subarray(0, BYTES / 3) ?? Buffer.alloc(0);
    await page.request.patch(url, { headers: { ...headers, 'content-length': String(part.length) }, data: part });
    return route.abort('connectionreset');
  });
  await choose(film('Long.mp4'));
  await row('Long.mp4').getByText(words.whole).waitFor();
  expect(cut).toBe(1);
  const [job] = await jobs();
  const id = job?.url.slice('upload://'.length) ?? '';
  expect((await received(id)).equals(film('Long.mp4').buffer)).toBe(true);
});

test('a file that is paused: goes on when the person wants', async () => {
  await page.route('**/api/uploads/*', () => undefined); // nothing gets through
  await choose(film('Later.mp4'));
  await eventually(() => row('Later.mp4').getByRole('progressbar').count()).toBe(1);
  await row('Later.mp4').getByRole('button', { name: words.pause }).click();
  await row('Later.mp4').getByText(words.paused).waitFor();
  await page.unroute('**/api/uploads/*');
  await row('Later.mp4').getByRole('button', { name: words.resume }).click();
  await row('Later.mp4').getByText(words.whole).waitFor();
  expect(await jobs()).toHaveLength(1);
});

test('a file that is refused: says why, and can be taken off the list', async () => {
  const facts = { limit: { kind: 'size', bytes: 8e9 } } as const;
  await page.route('**/api/uploads', (route) => refuse(route, 422, 'too-large', facts));
  await choose(film('Huge.mp4', 10));
  const sentence = texts.problems['too-large'].sentence(facts);
  await row('Huge.mp4').getByText(sentence).waitFor();
  await row('Huge.mp4')
    .getByRole('button', { name: `${words.remove}: Huge.mp4` })
    .click();
  await eventually(() => row('Huge.mp4').count()).toBe(0);
});
