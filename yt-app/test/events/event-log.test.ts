import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { createEventLog, type EventLog } from '../../src/events/event-log.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

eachDatabase((openDatabase) => {
  const DAY_MS = 86_400_000;
  const NEW_JOB = { type: 'video', sourceKey: 'x', quality: 'best', mediaId: 'm', createdAt: 0 } as const;

  let database: AppDatabase;
  let log: EventLog;
  let nowMs: number;
  let wakes: number;

  beforeEach(async () => {
    database = await openDatabase();
    nowMs = 0;
    wakes = 0;
    log = createEventLog({ database, clock: () => nowMs, onAppended: () => void (wakes += 1) });
  });
  afterEach(() => database.close());

  const deleted = (id: string) => ({ name: 'media-deleted', data: { id } }) as const;
  const transact = (run: () => void): Promise<void> =>
    database.transaction(() => {
      run();
      return Promise.resolve();
    });
  const append = (...ids: string[]): Promise<void> =>
    transact(() => {
      for (const id of ids) log.append(deleted(id));
    });
  const fail = (): Promise<never> => Promise.reject(new Error('failed'));
  const stored = () => log.readAfter(0, 100_000);

  describe('an event', () => {
    test('appended outside of a transaction: is refused', async () => {
      expect(() => log.append(deleted('a'))).toThrow('outside of a transaction');
      expect(await log.latest()).toBe(0);
    });

    test('of a transaction that is undone: is not stored', async () => {
      const undone = database.transaction(async () => {
        log.append(deleted('a'));
        await fail();
      });
      await expect(undone).rejects.toThrow('failed');
      await append('b');
      expect(await stored()).toMatchObject([{ event: deleted('b') }]);
    });

    test('of each kind: is read as it was appended', async () => {
      const { jobs, items } = storesOf(database);
      await jobs.insert({ ...NEW_JOB, id: 'job', url: 'https://example.com/' });
      await items.save(audioItem(1));
      await items.remove(mediaId(1));
      await transact(() => log.append({ name: 'reset', data: {} }));
      const events = (await stored()).map(({ event }) => event);
      expect(events.map(({ name }) => name)).toEqual(['job', 'media', 'station', 'media-deleted', 'station', 'reset']);
      expect(events).toMatchObject([
        { data: { id: 'job', state: 'queued' } },
        { data: { id: mediaId(1), title: 'Track 1' } },
        {},
        { data: { id: mediaId(1) } },
        {},
        { data: {} },
      ]);
    });

    test.each([
      ['with a name of a newer version', 'future', '{}'],
      ['with data of an older version', 'job', '{"id":"x"}'],
      ['without data', 'media', null],
    ])('%s: is read as a reset', async (_, name, data) => {
      await sql`INSERT INTO events (name, data, created_at) VALUES (${name}, ${data}, 0)`.execute(database.tables());
      expect(await stored()).toEqual([{ number: 1, event: { name: 'reset', data: {} } }]);
    });

    test('that was stored: is announced after its transaction, to those who can read it then', async () => {
      const read = Promise.withResolvers<unknown>();
      const watched = createEventLog({ database, onAppended: () => read.resolve(stored()) });
      let hasContinued = false;
      await transact(() => watched.append(deleted('a')));
      void read.promise.then(() => expect(hasContinued).toBe(true));
      hasContinued = true;
      expect(await read.promise).toMatchObject([{ event: deleted('a') }]);
    });
  });

  describe('a change whose event cannot be stored', () => {
    const changes: [string, (stores: ReturnType<typeof storesOf>) => Promise<unknown>][] = [
      ['a new job', ({ jobs }) => jobs.insert({ ...NEW_JOB, id: 'new', url: 'https://example.com/2' })],
      ['a claim', ({ jobs }) => jobs.claim({ worker: 'w', instance: 'i', mediaId: 'x', now: 0 })],
      [
        'an end',
        ({ jobs }) =>
          jobs.apply({ id: 'job', state: 'queued', fence: 0, isPlayable: false }, { type: 'cancelled', finishedAt: 1 }),
      ],
      ['a new item', ({ items }) => items.save(audioItem(2))],
      ['a rename', ({ items }) => items.rename(mediaId(1), 'New')],
      ['a change of visibility', ({ items }) => items.setVisibility(mediaId(1), 'mine')],
      ['a move to the trash', ({ items }) => items.setDeleted(mediaId(1), 1)],
      ['a removal', ({ items }) => items.remove(mediaId(1))],
    ];

    test.each(changes)('%s: is undone', async (_, change) => {
      const stores = storesOf(database);
      await stores.jobs.insert({ ...NEW_JOB, id: 'job', url: 'https://example.com/' });
      await stores.items.save(audioItem(1));
      const state = async () => ({
        jobs: await stores.jobs.list({ state: undefined, from: 10, limit: 10 }, 'everything'),
        items: await stores.items.findAirable([mediaId(1), mediaId(2)]),
      });
      const before = await state();
      await sql`ALTER TABLE events RENAME TO away`.execute(database.tables());
      await expect(change(stores)).rejects.toThrow('events');
      expect(await state()).toEqual(before);
      await sql`ALTER TABLE away RENAME TO events`.execute(database.tables());
      await change(stores);
      expect(await state()).not.toEqual(before);
    });
  });

  describe('the numbers', () => {
    test('of transactions that end in another order than they began: have the order of their ends', async () => {
      const gates = ['a', 'b', 'c'].map((id) => ({
        id,
        begun: Promise.withResolvers(),
        gate: Promise.withResolvers(),
      }));
      const runs = gates.map(({ id, begun, gate }) =>
        database.transaction(async () => {
          log.append(deleted(id));
          begun.resolve(undefined);
          if (database.kind === 'postgres') await gate.promise; // on SQLite they run one after another
        }),
      );
      for (const { begun } of database.kind === 'postgres' ? gates : []) await begun.promise;
      for (const index of [2, 0, 1]) {
        gates[index]?.gate.resolve(undefined);
        await runs[index];
      }
      const order = (await stored()).map(({ event }) => ('data' in event ? event.data : undefined));
      expect(order).toEqual((database.kind === 'postgres' ? ['c', 'a', 'b'] : ['a', 'b', 'c']).map((id) => ({ id })));
    });

    test('of many transactions at once: a reader that goes on from the last number skips none', async () => {
      const ids = Array.from({ length: 200 }, (_, index) => `item-${index}`);
      const writing = Promise.all(
        ids.map((id, index) =>
          database.transaction(async () => {
            await sql`SELECT ${index}`.execute(database.tables());
            log.append(deleted(id));
            log.append(deleted(`${id} again`));
          }),
        ),
      );
      let hasWritten = false;
      void writing.then(() => (hasWritten = true));
      const seen: number[] = [];
      for (let isLast = false; !isLast;) {
        isLast = hasWritten;
        seen.push(...(await log.readAfter(seen.at(-1) ?? 0, 7)).map(({ number }) => number));
        isLast &&= (await log.latest()) === seen.at(-1);
      }
      await writing;
      expect(seen).toHaveLength(400);
      expect((await stored()).map(({ number }) => number)).toEqual(seen);
    });

    test('of deleted events: are not used again', async () => {
      await append('a', 'b');
      await sql`DELETE FROM events`.execute(database.tables());
      await append('c');
      expect(await log.latest()).toBe(3);
    });
  });

  test('the lock of the log: is not held before the end of a transaction', async () => {
    if (database.kind === 'sqlite') return; // the transaction is the lock
    const gate = Promise.withResolvers();
    const long = database.transaction(async () => {
      log.append(deleted('long'));
      await gate.promise;
    });
    await append('short');
    gate.resolve(undefined);
    await long;
    expect(await stored()).toMatchObject([{ event: deleted('short') }, { event: deleted('long') }]);
  });

  test('many events of one transaction: are announced', async () => {
    await append('a', 'b');
    await new Promise(setImmediate);
    expect(wakes).toBeGreaterThan(0);
  });

  describe('old events', () => {
    test('are deleted in portions, oldest first; the newest one stays, however old it is', async () => {
      await append('a', 'b', 'c');
      nowMs = DAY_MS;
      expect(await log.prune(nowMs, 1)).toBe(1);
      expect((await stored()).map(({ number }) => number)).toEqual([2, 3]);
      expect(await log.prune(nowMs, 10)).toBe(1);
      expect(await log.prune(nowMs, 10)).toBe(0);
      expect((await stored()).map(({ number }) => number)).toEqual([3]);
    });

    test('younger than the limit: stay', async () => {
      await append('old');
      nowMs = DAY_MS;
      await append('young');
      await append('newest');
      expect(await log.prune(DAY_MS, 10)).toBe(1);
      expect((await stored()).map(({ number }) => number)).toEqual([2, 3]);
    });

    test.each([
      [0, false],
      [1, false],
      [2, true],
      [4, true],
      [5, false],
      [-1, false],
    ])('after number %d, with 3 and 4 stored: all later events are stored: %s', async (number, holds) => {
      await append('1', '2', '3', '4');
      await log.prune(1, 2);
      expect(await log.holdsAllAfter(number)).toBe(holds);
    });

    test.each([
      [0, true],
      [1, false],
    ])('after number %d of an empty log: all later events are stored: %s', async (number, holds) => {
      expect(await log.holdsAllAfter(number)).toBe(holds);
    });
  });
});
