import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { createPersonStore } from '../../src/people/person-store.ts';
import { createPositionStore, type PositionStore } from '../../src/positions/position-store.ts';
import type { PositionRecord } from '../../src/positions/position-table.ts';
import { startPositionWriter, type PositionWriter } from '../../src/positions/position-writer.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { eventually } from '../fixtures/eventually.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const EVERY_MS = 150;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: PositionStore;
  let writer: PositionWriter;
  let personId: string;
  /** The times at which positions were written, in milliseconds, and how many. */
  let writes: { readonly at: number; readonly count: number }[];
  let failures: number;
  beforeEach(async () => {
    database = await openDatabase();
    store = createPositionStore(database);
    const people = createPersonStore(database);
    personId = (await people.atConsole()).id;
    for (let number = 1; number <= 3; number += 1) await storesOf(database).items.save(audioItem(number));
    [writes, failures] = [[], 0];
    const save = (records: readonly PositionRecord[]): Promise<void> => {
      if (failures-- > 0) return Promise.reject(new Error('no database'));
      writes.push({ at: performance.now(), count: records.length });
      return store.save(records);
    };
    const logger = createLogger({ service: 'test', level: 'silent' });
    writer = startPositionWriter({ store: { save }, people, logger, everyMs: EVERY_MS });
  });
  afterEach(async () => {
    await writer.stop();
    await database.close();
  });

  const put = (positionMs: number, number = 1): void =>
    writer.put({ personId, mediaId: mediaId(number), positionMs, isWatched: false, updatedAt: 1_000_000 + positionMs });
  const stored = async (number = 1) => (await store.ofItems(personId, [mediaId(number)]))[0]?.positionMs;

  test('a position that changes all the time: is written once in each interval, with its latest value', async () => {
    let positionMs = 0;
    await eventually(() => {
      put((positionMs += 10));
      expect(writes.length).toBe(3);
    });
    const pauses = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(EVERY_MS * 0.9);
    await writer.stop();
    expect(await stored()).toBe(positionMs);
    expect(writer.unwritten.of(personId)).toEqual([]);
  });

  test('positions that do not change: are not written again', async () => {
    put(1);
    put(1, 2);
    await eventually(() => expect(writes).toMatchObject([{ count: 2 }]));
    await eventually(() => expect(performance.now()).toBeGreaterThan((writes[0]?.at ?? Infinity) + 3 * EVERY_MS));
    expect(writes).toHaveLength(1);
  });

  test('a database that fails: the position stays in memory, and is written later', async () => {
    failures = 1;
    put(5);
    await eventually(() => expect(failures).toBe(0));
    expect(writer.unwritten.get(personId, mediaId(1))?.positionMs).toBe(5);
    await eventually(async () => expect(await stored()).toBe(5));
  });

  test('a database that fails at the end: stop resolves', async () => {
    failures = 100;
    put(5);
    await expect(writer.stop()).resolves.toBeUndefined();
  });

  test('more than 500 positions of one person: do not wait', async () => {
    for (let number = 0; number < 500; number += 1) put(7, number);
    await writer.writeMany(personId);
    expect(writes).toEqual([]);
    put(7, 600);
    await writer.writeMany(personId);
    expect(writes).toMatchObject([{ count: 501 }]);
    expect(await countRows(database, 'positions')).toBe(3); // of the items that exist
  });

  test('an older position: replaces no newer one in the database; one of the same time does', async () => {
    const record = { personId, mediaId: mediaId(1), isWatched: false };
    await store.save([{ ...record, positionMs: 500, updatedAt: 2000 }]);
    await store.save([{ ...record, positionMs: 100, updatedAt: 1999 }]);
    expect(await stored()).toBe(500);
    await store.save([{ ...record, positionMs: 600, updatedAt: 2000 }]);
    expect(await stored()).toBe(600);
  });
});
