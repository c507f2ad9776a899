import type { DownloaderUpdates, WorkClaim } from '@linkcast/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import { createDownloaderAgeSource } from '../../src/notices/sources/downloader/downloader-age-source.ts';
import { createDownloaderSource } from '../../src/notices/sources/downloader/downloader-source.ts';
import { createDownloaderUpdatesSource } from '../../src/notices/sources/downloader/downloader-updates-source.ts';
import { createPauseSource } from '../../src/notices/sources/pause-source.ts';
import { createQueueSource } from '../../src/notices/sources/queue-source.ts';
import { createWorkerSource } from '../../src/notices/sources/worker-source.ts';
import type { PauseReason } from '../../src/work/waiting/queue-pause.ts';
import { createWorkerRegistry, type WorkerRegistry } from '../../src/work/worker-registry.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { MINUTE_MS, openBoard, type NoticeFixture } from '../fixtures/notice-fixture.ts';
import { DAY_MS, NOW } from '../fixtures/part-status.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const CLAIM: WorkClaim = { worker: 'one', instance: 'first', kind: 'job', downloader: '2026.11.20' };

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let store: JobStore;
  let workers: WorkerRegistry;
  let fixture: NoticeFixture;
  let isMediaReady: boolean;
  const reasons = new Map<PauseReason, number>();
  const pause = { reasons: () => reasons };

  /** The API starts: its registry is empty. */
  const start = async (nowMs = NOW): Promise<void> => {
    fixture = await openBoard({
      database,
      nowMs,
      sources(clock) {
        workers = createWorkerRegistry(clock);
        return [
          createWorkerSource(workers, clock),
          createDownloaderSource(workers),
          createDownloaderAgeSource(workers, clock),
          createDownloaderUpdatesSource(workers),
          createQueueSource({ jobs: store, pause, workers, isMediaReady: () => isMediaReady }, clock),
          createPauseSource(pause),
        ];
      },
    });
  };
  /** Lets so many minutes pass; before each observation, the worker claims what is given. */
  const minutes = async (count: number, ...claims: Partial<WorkClaim>[]): Promise<(string | undefined)[]> => {
    for (let minute = 0; minute < count; minute += 1) {
      fixture.nowMs += MINUTE_MS;
      for (const claim of claims) workers.note({ ...CLAIM, ...claim });
      await fixture.observe();
    }
    return fixture.board.open().map(({ message }) => message?.code);
  };
  let number = 0;
  const addJob = async (): Promise<void> => {
    const url = `https://example.com/${++number}`;
    const id = `job${number}`;
    await store.insert({
      id,
      type: 'video',
      url,
      sourceKey: url,
      quality: 'best',
      mediaId: id,
      createdAt: fixture.nowMs,
    });
  };
  const startJob = () => store.claim({ worker: 'one', instance: 'first', mediaId: `m${++number}`, now: fixture.nowMs });

  beforeEach(async () => {
    database = await openDatabase();
    store = storesOf(database).jobs;
    isMediaReady = true;
    await start();
  });
  afterEach(() => database.close());

  describe('workers', () => {
    test('none for five minutes: is a critical notice, which ends when one claims work', async () => {
      expect(await minutes(5, {})).toEqual([]);
      expect(await minutes(6)).toEqual([]);
      expect(await minutes(1)).toEqual(['worker-missing-notice']);
      expect(fixture.board.open()).toMatchObject([{ severity: 'critical' }]);
      expect(await minutes(1, { kind: 'probe' })).toEqual([]);
    });

    test('none during a restart of the API: is no notice', async () => {
      await minutes(5);
      await start(fixture.nowMs + MINUTE_MS);
      await fixture.observe();
      expect(await minutes(10, {})).toEqual([]);
    });
  });

  describe('the downloader', () => {
    test('accepted by no worker for ten minutes: is a critical notice; with one, it ends', async () => {
      expect(await minutes(10, { downloader: null })).toEqual([]);
      expect(await minutes(1, { downloader: null })).toEqual(['downloader-missing-notice']);
      expect(fixture.board.open()).toMatchObject([{ severity: 'critical' }]);
      expect(await minutes(1, { downloader: null }, { worker: 'two' })).toEqual([]);
    });

    test.each([
      ['2026.10.22', []],
      ['2026.10.21', [['warning', 31]]],
      ['2026.10.21.123456', [['warning', 31]]],
      ['2026.08.23', [['warning', 90]]],
      ['2026.8.22', [['critical', 91]]],
      ['2027.01.01', []],
      ['nightly', []],
      ['2026.08.22\u001B[2Jfree prizes', []],
    ])('of version %s: gives the notices %j', async (downloader, expected) => {
      await minutes(1, { downloader });
      const found = fixture.board.open();
      expect(found.map(({ severity, message }) => [severity, message?.facts['days']])).toEqual(expected);
    });

    test('old on one of two workers: is a notice, also while the workers restart', async () => {
      const two = { worker: 'two', downloader: '2026.10.01' };
      expect(await minutes(1, { downloader: '2026.9.1' }, two)).toEqual(['downloader-old-notice']);
      expect(fixture.board.open()[0]?.message?.facts).toEqual({ version: '2026.9.1', days: 81 });
      fixture.nowMs += DAY_MS;
      await fixture.observe();
      expect(fixture.board.open().map(({ message }) => message?.code)).toContain('downloader-old-notice');
    });
  });

  describe('the updates of the downloader', () => {
    const updates: DownloaderUpdates = { channel: 'stable', isUnreachable: false, refused: null, rolledBack: null };
    const found = () => fixture.board.open().map(({ severity, message }) => [severity, message?.code, message?.facts]);

    test('a release that was rolled back: is a notice until a newer one is taken', async () => {
      const rolledBack = { from: '2026.11.20', to: '2026.11.10' };
      await minutes(1, { updates: { ...updates, rolledBack } });
      const facts = { version: '2026.11.20', to: '2026.11.10' };
      expect(found()).toEqual([['warning', 'downloader-rolled-back-notice', facts]]);
      expect(await minutes(1, { updates })).toEqual([]);
    });

    test.each([
      ['signature', 'critical', 'downloader-altered-notice'],
      ['checksum', 'critical', 'downloader-altered-notice'],
      ['trial', 'warning', 'downloader-unusable-notice'],
    ] as const)('a release that was refused because of its %s: is a %s notice', async (fault, severity, code) => {
      const refused = { version: '2026.11.20', fault };
      await minutes(1, { updates }, { worker: 'two', updates: { ...updates, refused } });
      expect(found()).toEqual([[severity, code, { version: '2026.11.20' }]]);
    });

    test('another release that is refused: is another notice', async () => {
      await minutes(1, { updates: { ...updates, refused: { version: '2026.11.20', fault: 'trial' } } });
      const [first] = fixture.board.open();
      await minutes(1, { updates: { ...updates, refused: { version: '2026.11.21', fault: 'trial' } } });
      expect(fixture.board.open().map(({ key }) => key)).not.toContain(first?.key);
    });

    test('releases out of reach for two days: are one notice; a worker that reaches them ends it', async () => {
      const away = { ...updates, isUnreachable: true };
      await minutes(1, { updates: away });
      expect(found()).toEqual([]);
      fixture.nowMs += 2 * DAY_MS;
      expect(await minutes(1, { updates: away })).toEqual(['downloader-unreachable-notice']);
      expect(await minutes(1, { updates: away }, { worker: 'two', updates })).toEqual([]);
    });
  });

  describe('the queue', () => {
    test('with a free worker and no start for 15 minutes: is a notice, which ends when a job starts', async () => {
      await addJob();
      await addJob();
      expect(await minutes(15, {})).toEqual([]);
      expect(await minutes(1, {})).toEqual(['queue-stuck-notice']);
      expect(fixture.board.open()[0]?.sentence).toContain('2 jobs');
      fixture.nowMs += 1;
      await startJob();
      expect(await minutes(1, {})).toEqual([]);
    });

    test('with busy workers: is no notice', async () => {
      await addJob();
      await addJob();
      await minutes(2, {});
      await startJob();
      expect(await minutes(60, { kind: 'probe' })).toEqual([]);
    });

    test('with a job that starts now and then: is no notice', async () => {
      for (let round = 0; round < 4; round += 1) {
        await addJob();
        await addJob();
        expect(await minutes(10, {})).toEqual([]);
        await startJob();
      }
    });

    test.each([
      ['network', 'queue-paused-network-notice'],
      ['downloader', 'queue-paused-downloader-notice'],
    ] as const)(
      'paused because of the %s: is one notice that says so, and not that it is stuck',
      async (reason, code) => {
        await addJob();
        reasons.set(reason, fixture.nowMs);
        expect(await minutes(1, {})).toEqual([code]);
        expect(await minutes(30, {})).toEqual([code]);
        reasons.clear();
        expect(await minutes(1, {})).toEqual([]);
      },
    );

    test('of jobs that wait for their next try: is no notice', async () => {
      await addJob();
      const job = await startJob();
      if (!job) throw new Error('no job was given');
      await store.apply(job, {
        ...{ type: 'postponed', problem: { code: 'source-unreachable', facts: {} }, attempt: 1, retries: 1 },
        notBefore: fixture.nowMs + 40 * MINUTE_MS,
      });
      expect(await minutes(30, {})).toEqual([]);
      expect(await minutes(28, {})).toEqual(['queue-stuck-notice']);
    });

    test('with a missing volume, without a worker or without a downloader: is not reported by the queue', async () => {
      await addJob();
      isMediaReady = false;
      expect(await minutes(30, {})).toEqual([]);
      isMediaReady = true;
      expect(await minutes(30, { downloader: null })).toEqual(['downloader-missing-notice']);
      expect(await minutes(30)).not.toContain('queue-stuck-notice');
    });
  });
});
