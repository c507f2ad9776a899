import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { startEventFeed, type EventFeed } from '../../src/events/event-feed.ts';
import { createEventLog, type EventLog } from '../../src/events/event-log.ts';
import type { EventEntry } from '../../src/events/stored-event.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { eventually } from '../fixtures/eventually.ts';

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let log: EventLog;
  let feed: EventFeed;
  let closing: AbortController;
  /** Readings of the database by pages. */
  let reads: number;
  let isAway: boolean;

  beforeEach(async () => {
    database = await openDatabase();
    closing = new AbortController();
    reads = 0;
    isAway = false;
    start();
  });
  afterEach(async () => {
    closing.abort();
    await feed.stop();
    await database.close();
  });

  /** A feed with 10 events in memory. */
  function start(): void {
    log = createEventLog({ database, onAppended: () => feed.wake() });
    const readAfter: EventLog['readAfter'] = async (number, limit) => {
      reads += 1;
      if (isAway) throw new Error('the database is away');
      return log.readAfter(number, limit);
    };
    const logger = createLogger({ service: 'test', level: 'silent' });
    feed = startEventFeed({ log: { ...log, readAfter }, logger, capacity: 10 });
  }

  const deleted = (id: string | number) => ({ name: 'media-deleted', data: { id: String(id) } }) as const;
  const append = (...ids: (string | number)[]): Promise<void> =>
    database.transaction(() => {
      for (const id of ids) log.append(deleted(id));
      return Promise.resolve();
    });

  /** Follows the feed and collects what comes. */
  function follow(cursor: number, signal = closing.signal) {
    const entries: EventEntry[] = [];
    const ended = (async () => {
      for await (const entry of feed.follow(cursor, signal)) entries.push(entry);
    })();
    return { entries, ended, numbers: () => entries.map(({ number }) => number) };
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const reset = { name: 'reset', data: {} };

  test('a follower: gets what comes after its cursor, in order, until its signal is aborted', async () => {
    await append('a', 'b');
    const own = new AbortController();
    const follower = follow(1, own.signal);
    await append('c');
    await eventually(() => expect(follower.numbers()).toEqual([2, 3]));
    expect(follower.entries.map(({ event }) => event)).toEqual([deleted('b'), deleted('c')]);
    own.abort();
    await follower.ended;
    await append('d');
    expect(follower.numbers()).toEqual([2, 3]);
  });

  test('a client without an id: follows from the newest event; with one, from that', async () => {
    await append('a', 'b');
    expect(await feed.cursorOf(undefined)).toBe(2);
    expect(await feed.cursorOf('1')).toBe(1);
    expect(await feed.cursorOf('run-1')).toBe(-1);
  });

  test.each([
    ['of nothing', -1],
    ['larger than the newest number', 4],
  ])('a cursor %s: gives a reset with the newest number, then what is new', async (_, cursor) => {
    await append('a', 'b', 'c');
    const follower = follow(cursor);
    await eventually(() => expect(follower.entries).toEqual([{ number: 3, event: reset }]));
    await append('d');
    await eventually(() => expect(follower.numbers()).toEqual([3, 4]));
  });

  test('a cursor before what is kept: gives a reset; at the edge, all that is kept', async () => {
    await append(...upTo(5));
    await log.prune(Infinity, 3);
    await feed.stop();
    start(); // memory has nothing of them
    const [before, at] = [follow(2), follow(3)];
    await eventually(() => expect(before.entries).toEqual([{ number: 5, event: reset }]));
    await eventually(() => expect(at.numbers()).toEqual([4, 5]));
  });

  test('a follower far behind, while new events come: gets each once, and then the new ones', async () => {
    await append(...upTo(450)); // more than two pages
    const follower = follow(0);
    for (let number = 451; number <= 480; number += 1) await append(number);
    await eventually(() => expect(follower.numbers()).toEqual(upTo(480)));
  });

  test('a follower that stops taking events: goes on where it stopped, beyond what is in memory', async () => {
    const entries = feed.follow(0, closing.signal);
    await append(1);
    expect((await entries.next()).value).toMatchObject({ number: 1 });
    for (let number = 2; number <= 300; number += 1) await append(number);
    for (let number = 2; number <= 300; number += 1) expect((await entries.next()).value).toMatchObject({ number });
  });

  test('a hundred followers of new events: cost no more readings than one', async () => {
    await append(1);
    const cursor = await feed.cursorOf(undefined);
    const followers = Array.from({ length: 100 }, () => follow(cursor));
    await append(2);
    await eventually(() => expect(followers.every(({ entries }) => entries.length === 1)).toBe(true));
    reads = 0;
    for (let number = 3; number <= 12; number += 1) {
      await append(number);
      await eventually(() => expect(followers.every(({ entries }) => entries.length === number - 1)).toBe(true));
    }
    expect(reads).toBeLessThanOrEqual(30);
  });

  test('progress: comes after the events before it, without a number, to those who are there', async () => {
    const present = follow(0);
    await append('a');
    await eventually(() => expect(present.numbers()).toEqual([1])); // it reads from memory from now on
    await append('b');
    feed.publish(deleted('progress'));
    await eventually(() => expect(present.numbers()).toEqual([1, 2, null]));
    await append('c');
    await eventually(() => expect(present.numbers()).toEqual([1, 2, null, 3]));
    expect(await log.latest()).toBe(3);
  });

  test('a database that is away: followers get nothing meanwhile, and all of it later', async () => {
    const present = follow(0);
    await append('a');
    await eventually(() => expect(present.numbers()).toEqual([1]));
    isAway = true;
    await append('b');
    const behind = follow(0);
    await eventually(() => expect(reads).toBeGreaterThan(3));
    expect(present.numbers()).toEqual([1]);
    isAway = false;
    await eventually(() => expect([present.numbers(), behind.numbers()]).toEqual([upTo(2), upTo(2)]));
  });

  test('a follower of the next process: goes on from its cursor', async () => {
    await append('a');
    const follower = follow(0);
    await eventually(() => expect(follower.numbers()).toEqual([1]));
    await feed.stop();
    await append('b'); // nobody reads it
    start();
    await append('c');
    const next = follow(1);
    await eventually(() => expect(next.numbers()).toEqual([2, 3]));
  });
});
