import { createApiClient } from '@linkcast/contracts';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureSentence } from '../../src/format/failure-sentence.ts';
import { createStores, type Stores } from '../../src/stores/stores.ts';
import { createResumePositions } from '../../src/stores/positions/resume-positions.ts';
import { aJob, aMedia, aStation, aTrack, mediaId } from '../support/canned.ts';
import { english } from '../support/english.ts';
import { startSiteServer, type SiteServer } from '../support/site-server.ts';

let server: SiteServer;
let stores: Stores;
const film = aMedia({ id: mediaId('film'), title: 'Film' });

beforeEach(async () => {
  server = await startSiteServer({ site: tmpdir(), media: tmpdir() });
  const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  stores = createStores(
    createApiClient({ baseUrl: server.url }),
    createResumePositions(() => noStorage),
    (error) => failureSentence(error, english),
  );
});
afterEach(() => server.stop());

test('a library of more than a page: is read page by page', async () => {
  server.state.media = Array.from({ length: 40 }, (_, index) =>
    aMedia({ id: mediaId(`x${'abcdefghijklmnopqrstuvwxyz234567'[index % 32] ?? ''}${index > 31 ? 'b' : 'a'}`) }),
  );
  await stores.library.load();
  expect(stores.library.list.value.items).toHaveLength(30);
  await stores.library.loadMore();
  expect(stores.library.list.value).toMatchObject({ nextCursor: null });
  expect(stores.library.list.value.items).toHaveLength(40);
});

test('media events: change the library and the open item', async () => {
  server.state.media = [film];
  await stores.library.load();
  const open = stores.items.open(film.id);
  await stores.items.load(film.id);

  stores.apply({ name: 'media', data: { ...film, title: 'Renamed' } });
  expect(stores.library.list.value.items[0]?.title).toBe('Renamed');
  expect(open.value).toMatchObject({ phase: 'found', item: { title: 'Renamed' } });

  stores.apply({ name: 'media-deleted', data: { id: film.id } });
  expect(stores.library.list.value.items).toEqual([]);
  expect(open.value).toMatchObject({ phase: 'deleted' });
});

test('job and station events: change the job list and the station', () => {
  stores.apply({ name: 'job', data: aJob({ id: 'j' }) });
  expect(stores.jobs.unfinished.value.map(({ id }) => id)).toEqual(['j']);
  stores.apply({ name: 'job', data: aJob({ id: 'j', state: 'ready' }) });
  expect(stores.jobs.unfinished.value).toEqual([]);
  stores.apply({ name: 'station', data: aStation({ now: aTrack({ mediaId: film.id, title: 'Song' }) }) });
  expect(stores.station.station.value?.now?.title).toBe('Song');
});

test('a reset event: the library, the jobs and the station are read again', async () => {
  stores.apply({ name: 'reset', data: {} });
  await expect
    .poll(() => server.calls.map((call) => call.split('?')[0]))
    .toEqual(expect.arrayContaining(['GET /api/media', 'GET /api/jobs', 'GET /api/station']));
});

test('a missing item: is in phase deleted; an unreadable item: is in phase failed', async () => {
  const open = stores.items.open(film.id);
  await stores.items.load(film.id);
  expect(open.value).toMatchObject({ phase: 'deleted' });

  server.state.broken.add('/api');
  const other = stores.items.open('other');
  await stores.items.load('other');
  expect(other.value).toMatchObject({ phase: 'failed' });
});

test('two searches at once: the list holds the result of the later one', async () => {
  server.state.media = [film, aMedia({ id: mediaId('song'), type: 'audio', title: 'Song' })];
  await Promise.all([stores.library.search({ q: 'film' }), stores.library.search({ q: 'song' })]);
  expect(stores.library.list.value.items.map(({ title }) => title)).toEqual(['Song']);
});

test('a followed action: shows its success text, or the sentence of its problem', async () => {
  stores.toasts.follow(stores.delete(film.id), 'Deleted.');
  await expect.poll(() => stores.toasts.toasts.value.map(({ text }) => text)).toEqual(['Deleted.']);
  stores.toasts.follow(stores.rename(film.id, 'x'), 'Renamed.');
  await expect
    .poll(() => stores.toasts.toasts.value.at(-1))
    .toMatchObject({ tone: 'trouble', text: english.problems['not-found'].sentence({}) });
});
