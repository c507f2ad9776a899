import { createLogger } from '@linkcast/kit';
import { sql } from 'kysely';
import type { Station as StationView } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { ItemStore } from '../../src/library/items/item-store.ts';
import { createStationControl } from '../../src/station/station-control.ts';
import { createStationService, type StationService } from '../../src/station/station-service.ts';
import { startPartServer, type PartServer } from '../fixtures/part-server.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  const START = Date.UTC(2026, 5, 1);
  const TOKEN = 'station-token';

  let stationServer: PartServer;
  let database: AppDatabase;
  let store: ItemStore;
  let stores: ReturnType<typeof storesOf>;
  let station: StationService;
  let nowMs: number;

  beforeEach(async () => {
    stationServer = await startPartServer();
    database = await openDatabase();
    stores = storesOf(database);
    store = stores.items;
    nowMs = START;
    station = await start();
  });
  afterEach(async () => {
    await stationServer.stop();
    await database.close();
  });

  function start(): Promise<StationService> {
    return createStationService({
      store,
      database,
      control: createStationControl({ url: stationServer.url, key: TOKEN, timeoutMs: 1000 }),
      events: stores.log,
      logger: createLogger({ service: 'test', level: 'silent' }),
      clock: () => nowMs,
    });
  }

  async function restart(): Promise<void> {
    station = await start();
  }

  /** One track after the other goes on air, a second each. */
  async function air(count: number): Promise<(string | null)[]> {
    const aired: (string | null)[] = [];
    while (aired.length < count) {
      nowMs += 1000;
      aired.push((await station.next()).mediaId);
    }
    return aired;
  }

  /** Saves one track for each number. */
  async function save(...numbers: number[]): Promise<void> {
    for (const number of numbers) await store.save(audioItem(number));
  }

  const ids = (tracks: StationView['next']) => tracks.map((track) => track.mediaId);
  const skips = () => stationServer.calls.filter((call) => call.startsWith('POST /skip'));

  test('an empty library: silence is on air', async () => {
    expect(await station.next()).toEqual({ mediaId: null, path: null });
    expect(await station.view()).toEqual({
      online: true,
      now: null,
      next: [],
      history: [],
      listeners: 3,
      stream: '/play',
      bufferSeconds: 10,
    });
  });

  test('the loop: airs every track once before it repeats one', async () => {
    await save(1, 2, 3);
    expect(await air(7)).toEqual([3, 2, 1, 3, 2, 1, 3].map(mediaId));
  });

  test('requested tracks: air first and in order, then new tracks, then the loop', async () => {
    await save(1, 2, 3);
    await air(3);
    await save(4);
    await station.request(mediaId(1));
    await station.request(mediaId(3));
    await station.request(mediaId(1)); // waits already
    const view = await station.view();
    expect(ids(view.next)).toEqual([1, 3, 4, 2].map(mediaId));
    expect(view.next.map(({ requested }) => requested)).toEqual([true, true, true, false]);
    expect(await air(6)).toEqual([1, 3, 4, 2, 1, 3].map(mediaId));
  });

  test('fifty requested tracks that became private: leave room for others', async () => {
    const numbers = [...Array(50).keys()];
    await save(...numbers, 50);
    for (const number of numbers) await station.request(mediaId(number));
    await expect(station.request(mediaId(50))).rejects.toMatchObject({ code: 'too-many-requests' });
    for (const number of numbers) await store.setVisibility(mediaId(number), 'mine');
    await station.request(mediaId(50));
    expect(ids((await station.view()).next)).toEqual([mediaId(50)]);
  });

  test('the next track: has the path of its file below MEDIA_DIR', async () => {
    await save(1);
    expect(await station.next()).toEqual({ mediaId: mediaId(1), path: `${mediaId(1)}/audio.mp3` });
  });

  test('the view: has the track on air and the last twenty before it', async () => {
    await save(...Array(25).keys());
    const airedIds = await air(25);
    const { now, history } = await station.view();
    expect(now).toMatchObject({ mediaId: airedIds[24], startedAt: new Date(nowMs).toISOString(), requested: false });
    expect(ids(history)).toEqual(airedIds.slice(4, 24).reverse());
  });

  /** The number of events of the station that something causes. */
  async function eventsOf(run: () => Promise<unknown>): Promise<number> {
    const before = await stationEvents();
    await run();
    return (await stationEvents()) - before;
  }
  const stationEvents = async () => (await stores.events()).filter(({ name }) => name === 'station').length;

  test('a change of track, and the silence after it: are events; continuing silence is none', async () => {
    await save(1);
    expect(await eventsOf(() => air(1))).toBe(1);
    await store.remove(mediaId(1));
    expect(await eventsOf(() => air(1))).toBe(1);
    expect(await eventsOf(() => air(3))).toBe(0);
    await save(2);
    expect(await eventsOf(() => air(1))).toBe(1);
  });

  test('a track whose event cannot be stored: is not on air', async () => {
    await save(1, 2);
    await air(1);
    await station.request(mediaId(2));
    await sql`DROP TABLE events`.execute(database.tables());
    await expect(station.next()).rejects.toThrow('events');
    const { now, next } = await station.view();
    expect([now?.mediaId, ids(next)]).toEqual([mediaId(2), [mediaId(2), mediaId(1)]]);
  });

  describe('requests', () => {
    test('for an unknown item: answers not-found; for a video or an unfinished track: answers conflict', async () => {
      await store.save(audioItem(1, { type: 'video' }));
      await store.save(audioItem(2, { state: 'playable' }));
      await expect(station.request(mediaId(9))).rejects.toMatchObject({ code: 'not-found' });
      await expect(station.request(mediaId(1))).rejects.toMatchObject({ code: 'conflict' });
      await expect(station.request(mediaId(2))).rejects.toMatchObject({ code: 'conflict' });
    });

    test('beyond fifty: are refused until the end of the track on air', async () => {
      await save(...Array(51).keys());
      await station.next();
      for (let number = 0; number < 50; number += 1) await station.request(mediaId(number));
      // The track on air is the newest, of 150 seconds.
      await expect(station.request(mediaId(50))).rejects.toMatchObject({
        code: 'too-many-requests',
        facts: { retryAfterSeconds: 150 },
      });
      await expect(station.request(mediaId(0))).resolves.toBeDefined();
    });

    test('for a deleted item: leave the queue and the history, with an event of the station', async () => {
      await save(1, 2);
      await air(2);
      await station.request(mediaId(2));
      expect(await eventsOf(() => store.remove(mediaId(2)))).toBe(1);
      const { next, history } = await station.view();
      expect([ids(next), ids(history)]).toEqual([[mediaId(1)], []]);
      expect(await air(1)).toEqual([mediaId(1)]);
    });

    test('in the queue: survive a restart', async () => {
      await save(1, 2, 3);
      await air(3);
      await station.request(mediaId(1));
      await restart();
      expect(await air(1)).toEqual([mediaId(1)]);
    });
  });

  test('the track on air after a restart: is shown until its length has passed', async () => {
    for (const number of [1, 2]) await store.save(audioItem(number, { durationSeconds: 60 }));
    await air(2);
    await restart();
    const still = await station.view();
    expect([still.now?.mediaId, ids(still.history)]).toEqual([mediaId(1), [mediaId(2)]]);
    nowMs += 61_000;
    await restart();
    const over = await station.view();
    expect([over.now, ids(over.history)]).toEqual([null, [mediaId(1), mediaId(2)]]);
  });

  test('a new track: ends silence at once, but waits for the end of another track', async () => {
    await station.next();
    await save(1);
    await station.onAudioReady(mediaId(1));
    expect(skips()).toEqual([`POST /skip Bearer ${TOKEN}`]);
    await station.next();
    await save(2);
    await station.onAudioReady(mediaId(2));
    expect(skips()).toHaveLength(1);
    expect(await air(1)).toEqual([mediaId(2)]);
  });

  test('a rename of a track: is an event of the station; of a video, none', async () => {
    await save(1);
    expect(await eventsOf(() => store.rename(mediaId(1), 'New'))).toBe(1);
    await store.save(audioItem(2, { type: 'video' }));
    expect(await eventsOf(() => store.rename(mediaId(2), 'New'))).toBe(0);
  });

  test('a new track of a process that died before it announced the track: airs at the next call of the feeder', async () => {
    await station.next();
    await save(1);
    await restart();
    expect(await air(1)).toEqual([mediaId(1)]);
  });

  describe('the control endpoint', () => {
    test('for a skip: is called with the token', async () => {
      await station.skip();
      expect(skips()).toEqual([`POST /skip Bearer ${TOKEN}`]);
    });

    test('for several views: is read once in five seconds', async () => {
      await Promise.all([station.view(), station.view()]);
      nowMs += 4999;
      await station.view();
      expect(stationServer.calls).toHaveLength(1);
      nowMs += 1;
      await station.view();
      expect(stationServer.calls).toHaveLength(2);
    });

    test.each([
      { status: 503, body: {} },
      { status: 200, body: { online: 'yes' } },
      { status: 200, body: null },
    ])('answering %j: the view shows the station as offline', async (answer) => {
      stationServer.answer = answer;
      expect(await station.view()).toMatchObject({ online: false, listeners: 0 });
    });

    test('refusing a skip: the skip answers station-unavailable', async () => {
      stationServer.answer = { status: 401, body: {} };
      await expect(station.skip()).rejects.toMatchObject({ code: 'station-unavailable' });
    });

    test('down: a skip answers station-unavailable, and requests are still accepted', async () => {
      await stationServer.stop();
      await save(1);
      await expect(station.skip()).rejects.toMatchObject({ code: 'station-unavailable' });
      await station.onAudioReady(mediaId(1));
      expect(await station.request(mediaId(1))).toMatchObject({ online: false });
      stationServer = await startPartServer();
    });
  });
});
