import { createOriginServer, fixturePaths, makeFixtures, type OriginServer } from '@linkcast/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readNotes } from '../../../src/pipeline/releases/release-notes.ts';
import { createReleaseRig, type ReleaseRig } from '../../fixtures/release-rig.ts';
import { startReleaseServer, type ReleaseServer } from '../../fixtures/release-server.ts';

const FIRST = '2099.01.01';
const SECOND = '2099.01.02';
const THIRD = '2099.01.03';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // many runs of Python

let origin: OriginServer;
let server: ReleaseServer;
let rig: ReleaseRig;
let link: string;

beforeAll(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  server = await startReleaseServer([origin.hostPort]);
  link = `${origin.url}${fixturePaths.mp4}?film`;
});
afterAll(() => Promise.all([origin.close(), server.close()]));
beforeEach(async () => {
  rig = await createReleaseRig({ server });
});
afterEach(async () => {
  origin.behaveWell();
  await rig.close();
});

async function take(version: string, failsFor?: string): Promise<void> {
  await server.publish(version, failsFor === undefined ? {} : { failsFor });
  await rig.update();
}

test('a release that fails where the one before works: the job succeeds, and the one before is back for good', async () => {
  await take(FIRST);
  await take(SECOND, 'film');
  expect((await rig.resolve(link)).info.formats).toHaveLength(1);
  expect(rig.downloaders.current()).toBe(FIRST);
  expect(rig.downloaders.rolledBack()).toEqual({ from: SECOND, to: FIRST });
  expect(await rig.downloaders.isWanted(SECOND)).toBe(false);
  expect(await rig.downloaders.isWanted(THIRD)).toBe(true);

  rig = await rig.restart();
  expect(rig.downloaders.current()).toBe(FIRST);
  expect(rig.downloaders.rolledBack()).toEqual({ from: SECOND, to: FIRST });
  expect(await rig.downloaders.isWanted(SECOND)).toBe(false);

  await take(THIRD);
  expect(rig.downloaders.current()).toBe(THIRD);
  expect(rig.downloaders.rolledBack()).toBeNull();
});

test('the first release, when it fails where the installed yt-dlp works: the installed one is back', async () => {
  const installed = rig.downloaders.current();
  await take(FIRST, 'film');
  await rig.resolve(link);
  expect(rig.downloaders.current()).toBe(installed);
  expect(await rig.store.current()).toBeUndefined();
  expect((await readNotes(rig.folder)).bad).toEqual([FIRST]);
});

test('a link that neither can read: says nothing about the release, and the next one is not compared at once', async () => {
  await take(FIRST);
  await take(SECOND, 'film');
  const page = origin.text('/page', 'text/html', '<!doctype html><html><title>No film</title></html>');
  await expect(rig.resolve(page)).rejects.toMatchObject({ code: 'source-unsupported' });
  expect(origin.requests.filter(({ path }) => path === '/page')).toHaveLength(2);
  await expect(rig.resolve(page)).rejects.toMatchObject({ code: 'source-unsupported' });
  expect(origin.requests.filter(({ path }) => path === '/page')).toHaveLength(3);
  expect(rig.downloaders.current()).toBe(SECOND);
});

test('a source that answers each time differently: cannot have a release rolled back', async () => {
  await take(FIRST);
  await take(SECOND);
  const page = origin.text('/changing', 'text/html', '<!doctype html><html><title>No film</title></html>');
  const asked = (): number => origin.requests.filter(({ path }) => path === '/changing').length;
  const resolving = rig.resolve(page);
  await expect.poll(asked, { timeout: 20_000, interval: 5 }).toBe(1);
  origin.behave('/changing', { kind: 'redirect', to: fixturePaths.mp4 });
  expect((await resolving).info.formats).toHaveLength(1);
  expect(rig.downloaders.current()).toBe(SECOND);
  expect(rig.downloaders.rolledBack()).toBeNull();
});

test('a failure that no release causes: is not compared', async () => {
  await take(FIRST);
  await take(SECOND);
  origin.behave('/private', { kind: 'status', status: 403 });
  await expect(rig.resolve(`${origin.url}/private`)).rejects.toMatchObject({ code: 'source-refused' });
  expect(origin.requests.filter(({ path }) => path === '/private')).toHaveLength(1);
});

test('the failure of a job that began with the release before: is not compared', async () => {
  await take(FIRST, 'film');
  const directory = rig.folder;
  const run = { directory, proxyUrl: '', signal: AbortSignal.timeout(30_000) };
  await rig.downloaders.use(async (ytDlp) => {
    await take(SECOND);
    await expect(ytDlp.resolve(link, run)).rejects.toMatchObject({ code: 'source-extractor' });
  });
  expect(rig.downloaders.current()).toBe(SECOND);
});
