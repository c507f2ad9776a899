import { createLogger } from '@linkcast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { ObservedCondition } from '../../src/notices/condition.ts';
import { createNoticeBoard } from '../../src/notices/notice-board.ts';
import { createNoticeStore } from '../../src/notices/notice-store.ts';
import type { NoticeSource } from '../../src/notices/notice-source.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { aCondition, MINUTE_MS, openBoard, type NoticeFixture } from '../fixtures/notice-fixture.ts';
import { HOUR_MS, NOW } from '../fixtures/part-status.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  /** The answer of the source. */
  let observed: readonly ObservedCondition[] | undefined;
  let fixture: NoticeFixture;
  const source: NoticeSource = { name: 'one', observe: () => Promise.resolve(observed) };
  const open = (...more: NoticeSource[]) => openBoard({ database, sources: () => [source, ...more], limitMs: 200 });
  beforeEach(async () => {
    database = await openDatabase();
    observed = [];
    fixture = await open();
  });
  afterEach(() => database.close());

  test('a condition: has severity, start, sentence and action, the most urgent first', async () => {
    const full = aCondition({ code: 'disk', severity: 'critical', action: null });
    observed = [aCondition(), full];
    await fixture.observe();
    const [first, second] = fixture.board.open();
    expect(first).toMatchObject({ key: `disk:${iso(NOW)}`, severity: 'critical', action: null });
    expect(second).toEqual({
      key: `name:${iso(NOW)}`,
      severity: 'warning',
      since: iso(NOW),
      sentence: 'There has been a problem with home.test for more than an hour: it may not point here.',
      message: { code: 'name-notice', facts: { name: 'home.test' } },
      action: {
        sentence: "Check DDNS_PROVIDER and its key, or point the name here on the provider's website.",
        message: { code: 'do-fix-name', facts: {} },
      },
    });
  });

  test('a condition that is to last an hour: opens after an hour; interrupted, it starts anew', async () => {
    observed = [aCondition({ opensAfterMs: HOUR_MS })];
    expect(await fixture.pass(HOUR_MS)).toEqual([]);
    const { nowMs } = fixture;
    observed = [];
    await fixture.observe();
    observed = [aCondition({ opensAfterMs: HOUR_MS })];
    expect(await fixture.pass(HOUR_MS)).toEqual([]);
    expect(await fixture.observe(MINUTE_MS)).toEqual([`name:${iso(nowMs + MINUTE_MS)}`]);
  });

  test('a condition that flaps: keeps its key; one that occurs again after over ten minutes has another', async () => {
    observed = [aCondition()];
    const first = await fixture.observe();
    for (let round = 0; round < 5; round += 1) {
      observed = [];
      expect(await fixture.pass(10 * MINUTE_MS)).toEqual([]);
      observed = [aCondition()];
      expect(await fixture.observe()).toEqual(first);
    }
    observed = [];
    await fixture.observe();
    observed = [aCondition()];
    expect(await fixture.observe(10 * MINUTE_MS + 1)).toEqual([`name:${iso(fixture.nowMs)}`]);
    expect(await createNoticeStore(database).load()).toHaveLength(1);
  });

  test('a condition that becomes worse: keeps its key and start', async () => {
    observed = [aCondition()];
    const first = await fixture.observe();
    observed = [aCondition({ severity: 'critical' })];
    expect(await fixture.observe(HOUR_MS)).toEqual(first);
    expect(fixture.board.open()).toMatchObject([{ severity: 'critical', since: iso(NOW) }]);
  });

  test('a condition that cannot be observed: stays open', async () => {
    observed = [aCondition()];
    const first = await fixture.observe();
    observed = undefined;
    expect(await fixture.pass(HOUR_MS)).toEqual(first);
  });

  test('a restart: keeps open, pending and closed conditions', async () => {
    const [pending, ended] = [aCondition({ code: 'pending', opensAfterMs: HOUR_MS }), aCondition({ code: 'ended' })];
    observed = [aCondition(), pending, ended];
    await fixture.observe();
    observed = [aCondition(), pending];
    await fixture.observe(MINUTE_MS);
    const again = await open();
    expect(again.board.open().map(({ key }) => key)).toEqual([`name:${iso(NOW)}`]);
    again.nowMs = NOW + 2 * MINUTE_MS;
    observed = [aCondition(), pending, ended];
    expect((await again.observe()).toSorted()).toEqual([`ended:${iso(NOW)}`, `name:${iso(NOW)}`]);
    expect(await again.observe(HOUR_MS)).toContain(`pending:${iso(NOW)}`);
  });

  test('a condition that is not saved yet: is not shown', async () => {
    const saving = Promise.withResolvers<undefined>();
    const store = { load: () => Promise.resolve([]), save: () => saving.promise };
    const logger = createLogger({ service: 'test', level: 'silent' });
    const board = createNoticeBoard({ sources: [source], store, logger });
    observed = [aCondition()];
    const observing = board.observe();
    await new Promise(setImmediate);
    expect(board.open()).toEqual([]);
    saving.resolve(undefined);
    await observing;
    expect(board.open()).toHaveLength(1);
  });

  test('sources that hang or fail: keep their conditions and do not stop the others; each is logged once', async () => {
    let calls = 0;
    let answer: (() => Promise<readonly ObservedCondition[]>) | undefined = () =>
      Promise.resolve([aCondition({ code: 'hangs' })]);
    const hanging: NoticeSource = {
      name: 'hangs',
      observe: () => {
        calls += 1;
        return answer?.() ?? new Promise<never>(() => undefined);
      },
    };
    const failing: NoticeSource = { name: 'fails', observe: () => Promise.reject(new Error('broken')) };
    const three = await open(hanging, failing);
    await three.observe();
    answer = undefined;
    observed = [aCondition()];
    for (let round = 0; round < 3; round += 1)
      expect((await three.observe(MINUTE_MS)).map((key) => key.split(':')[0])).toEqual(['hangs', 'name']);
    expect(calls).toBe(2);
    expect(three.logged.map((line) => (JSON.parse(line) as { source: string }).source).toSorted()).toEqual([
      'fails',
      'hangs',
    ]);
  });

  test('a source that is no longer there after an update: its conditions end', async () => {
    observed = [aCondition()];
    await fixture.observe();
    const updated = await openBoard({ database, sources: () => [] });
    expect(await updated.observe()).toEqual([]);
    expect(await createNoticeStore(database).load()).toEqual([]);
  });

  test('a database that fails: the conditions are shown all the same', async () => {
    const closed = await openDatabase();
    const lonely = await openBoard({ database: closed, sources: () => [source] });
    await closed.close();
    observed = [aCondition()];
    expect(await lonely.observe()).toHaveLength(1);
    expect(await lonely.observe(MINUTE_MS)).toEqual([`name:${iso(NOW)}`]);
    expect(lonely.logged).toHaveLength(1);
  });
});
