import { createApiClient } from '@linkcast/contracts';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStores, type Stores } from '../../src/stores/stores.ts';
import { createResumePositions } from '../../src/stores/resume-positions.ts';
import { aJob, aMedia, aStation, aTrack, mediaId } from '../support/canned.ts';
import { startSiteServer, type SiteServer } from '../support/site-server.ts';

let server: SiteServer;
let stores: Stores;
const film = aMedia({ id: mediaId('film'), title: 'Film' });

beforeEach(async () => {
  server = await startSiteServer({ site: tmpdir(), media: tmpdir() });
  const noStorage = { getItem: () => null, setItem: () => undefined };
  stores = createStores(
    createApiClient({ baseUrl: server.url }),
    createResumePositions(() => noStorage),
  );
});
afterEach(() => server.stop());

test('the library, more than a page, is read page by page', async () => {
  server.state.media = Array.from({ length: 40 }, (_, index) =>
    aMedia({ id: mediaId(`x${'abcdefghijklmnopqrstuvwxyz234567'[index % 32] ?? ''}${index > 31 ? 'b' : 'a'}`) }),
  );
  await stores.library.load();
  expect(stores.library.list.value.items).toHaveLength(30);
  await stores.library.loadMore();
  expect(stores.library.list.value).toMatchObject({ nextCursor: null });
  expect(stores.library.list.value.items).toHaveLength(40);
});

test('events of media reach the library and the open page', async () => {
  server.state.media = [film];
  await stores.library.load();
  const open = stores.items.open(film.id);
  await stores.items.load(film.id);

  stores.apply({ name: 'media', data: { ...film, title: 'Renamed' } });
  expect(stores.library.list.value.items[0]?.title).toBe('Renamed');
  expect(open.value).toMatchObject({ phase: 'found', item: { title: 'Renamed' } });

  stores.apply({ name: 'media-deleted', data: { id: film.id } });
  expect(stores.library.list.value.items).toEqual([]);
  expect(open.value).toMatchObject({ phase: 'gone' });
});

test('events of jobs and the station are shown at once', () => {
  stores.apply({ name: 'job', data: aJob({ id: 'j' }) });
  expect(stores.jobs.unfinished.value.map(({ id }) => id)).toEqual(['j']);
  stores.apply({ name: 'job', data: aJob({ id: 'j', state: 'ready' }) });
  expect(stores.jobs.unfinished.value).toEqual([]);
  stores.apply({ name: 'station', data: aStation({ now: aTrack({ mediaId: film.id, title: 'Song' }) }) });
  expect(stores.station.station.value?.now?.title).toBe('Song');
});

test('a reset of the events reads everything again', async () => {
  stores.apply({ name: 'reset', data: {} });
  await expect
    .poll(() => server.calls.map((call) => call.split('?')[0]))
    .toEqual(expect.arrayContaining(['GET /api/media', 'GET /api/jobs', 'GET /api/station']));
});

test('an item that is not there is gone, a server that fails is not', async () => {
  const open = stores.items.open(film.id);
  await stores.items.load(film.id);
  expect(open.value).toMatchObject({ phase: 'gone' });

  server.state.broken.add('/api');
  const other = stores.items.open('other');
  await stores.items.load('other');
  expect(other.value).toMatchObject({ phase: 'failed' });
});

test('an answer to an older question does not replace the newer one', async () => {
  server.state.media = [film, aMedia({ id: mediaId('song'), type: 'audio', title: 'Song' })];
  await Promise.all([stores.library.ask({ q: 'film' }), stores.library.ask({ q: 'song' })]);
  expect(stores.library.list.value.items.map(({ title }) => title)).toEqual(['Song']);
});

test('a refused action is told to the person', async () => {
  stores.toasts.follow(stores.delete(film.id), 'Deleted.');
  await expect.poll(() => stores.toasts.toasts.value.map(({ text }) => text)).toEqual(['Deleted.']);
  stores.toasts.follow(stores.rename(film.id, 'x'), 'Renamed.');
  await expect
    .poll(() => stores.toasts.toasts.value.at(-1))
    .toMatchObject({ tone: 'trouble', text: expect.stringContaining('nothing here') as string });
});
