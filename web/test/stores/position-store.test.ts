import { Problem, type Caller, type PositionReports } from '@linkcast/contracts';
import { signal } from '@preact/signals';
import { beforeEach, expect, test } from 'vitest';
import { createPositionStore, type PositionStore } from '../../src/stores/positions/position-store.ts';
import { createResumePositions } from '../../src/stores/positions/resume-positions.ts';
import { aCaller, aMedia, mediaId } from '../support/canned.ts';

const film = aMedia({ id: mediaId('film'), durationSeconds: 6000 });
const at = (seconds: number, isWatched = false) => ({
  ...film,
  position: { seconds, isWatched, updatedAt: '2026-11-20T10:00:00.000Z' },
});

const caller = signal<Caller | undefined>(undefined);
let stored: string | null;
let reported: PositionReports['positions'];
let refusal: Problem | undefined;
let store: PositionStore;

beforeEach(() => {
  caller.value = aCaller({ role: 'member' });
  [stored, reported, refusal] = [null, [], undefined];
  const storage = {
    getItem: () => stored,
    setItem: (_: string, value: string) => void (stored = value),
    removeItem: () => void (stored = null),
  };
  store = createPositionStore({
    api: {
      reportPositions: (positions) => {
        if (refusal) return Promise.reject(refusal);
        reported = positions;
        return Promise.resolve(undefined);
      },
    },
    caller: {
      caller,
      isSignedIn: signal(true),
      can: (right) => caller.value?.rights.includes(right) ?? false,
    },
    local: createResumePositions(() => storage),
  });
});

test('the position of another device: is where playback starts', () => {
  store.adopt([at(1234)]);
  expect(store.open(film.id)).toBe(1234);
  store.adopt([at(5900, true)]);
  expect(store.open(film.id)).toBe(0);
});

test('a position that this page has not reported yet: is newer than what the server sends', async () => {
  store.report(film, 300);
  store.adopt([at(100), { ...film, id: mediaId('other'), position: null }]);
  expect(store.open(film.id)).toBe(300);
  await store.flush();
  expect(reported).toMatchObject([{ mediaId: film.id, seconds: 300 }]);
  store.adopt([at(400)]);
  expect(store.open(film.id)).toBe(400);
  expect(stored).toBeNull();
});

test('another person in the same browser: gets no position of the first, and sends none', async () => {
  store.report(film, 300);
  caller.value = aCaller({ role: 'member', personId: 'grace' });
  expect(store.of(film.id)).toBeUndefined();
  await store.flush();
  expect(reported).toEqual([]);
});

test('a person who was signed out while a film plays: leaves no position in the browser', () => {
  caller.value = aCaller({ role: 'nobody' });
  store.report(film, 300);
  expect(stored).toBeNull();
});

test('a film marked as watched while it is open: is not begun again by its own player', async () => {
  store.report(film, 300);
  await store.mark(film, true);
  store.report(film, 301);
  await store.flush();
  expect(reported).toEqual([{ mediaId: film.id, seconds: 300, isWatched: true }]);
  expect(store.of(film.id)).toEqual({ seconds: 300, isWatched: true });
  store.open(film.id);
  store.report(film, 20);
  expect(store.of(film.id)).toEqual({ seconds: 20, isWatched: false });
});

test('a mark that is taken back at the end of a film: starts it over; in its middle: continues it', async () => {
  store.adopt([at(5990, true)]);
  await store.mark(film, false);
  expect(reported).toEqual([{ mediaId: film.id, seconds: 0, isWatched: false }]);
  store.adopt([at(2000, true)]);
  await store.mark(film, false);
  expect(store.open(film.id)).toBe(2000);
});

test('a mark that is refused: changes nothing', async () => {
  refusal = new Problem('internal');
  await expect(store.mark(film, true)).rejects.toThrow();
  expect(store.of(film.id)).toBeUndefined();
});
