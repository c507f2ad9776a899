import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkClaim } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { sentenceOf, textsOf, type Language } from '@linkcast/texts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase, type AppDatabase } from '../../src/database/app-database.ts';
import { runHealthChecks } from '../../src/health/health-check.ts';
import { createServiceChecks, createStationCheck } from '../../src/health/service-checks.ts';
import { createLibraryVolume } from '../../src/library/volume/library-volume.ts';
import { createStorageGuard } from '../../src/pipeline/limits/storage-guard.ts';
import { createStationControl } from '../../src/station/station-control.ts';
import { createWorkerRegistry, type WorkerRegistry } from '../../src/work/worker-registry.ts';
import { startPartServer, type PartServer } from '../fixtures/part-server.ts';

const CLAIM: WorkClaim = { worker: 'one', instance: 'first', kind: 'job', downloader: '2026.07.04' };

let mediaDir: string;
let workers: WorkerRegistry;
let station: PartServer;
let database: AppDatabase;
const logger = createLogger({ service: 'test', level: 'silent' });

beforeEach(async () => {
  mediaDir = await mkdtemp(path.join(tmpdir(), 'linkcast-checks-'));
  database = await openAppDatabase(':memory:');
  workers = createWorkerRegistry();
  station = await startPartServer();
});
afterEach(async () => {
  await station.stop();
  await database.close();
  await rm(mediaDir, { recursive: true });
});

const daysSince = (day: string): number => Math.floor((Date.now() - Date.parse(day)) / 86_400_000);

/** Runs the checks, and gives the details in a language by the name of the check. */
async function details(language: Language, { limitRatio = 1, directory = mediaDir } = {}) {
  const volume = createLibraryVolume({ database, mediaDir, itemIds: () => Promise.resolve([]), logger });
  const storage = createStorageGuard(directory, limitRatio);
  const control = createStationControl({ url: station.url, key: undefined });
  const { checks } = await runHealthChecks([
    ...createServiceChecks({ database, mediaDir, volume, storage, workers }),
    createStationCheck(control),
  ]);
  return Object.fromEntries(
    checks.map(({ name, ok, message }) => [name, { ok, detail: message && sentenceOf(message, language) }]),
  );
}

test('all parts healthy: each check has its state in the language of the reader', async () => {
  workers.note(CLAIM);
  workers.note({ ...CLAIM, worker: 'two' });
  const { messages } = textsOf('es');
  expect(await details('es')).toMatchObject({
    database: { ok: true, detail: messages.answers() },
    worker: { ok: true, detail: messages['workers-busy']({ count: 2 }) },
    downloader: {
      ok: true,
      detail: messages['downloader-versions']({ versions: ['2026.07.04'], days: daysSince('2026-07-04') }),
    },
    'disk space': { ok: true, detail: messages['storage-fine']() },
    station: { ok: true, detail: messages['station-on-air']({ count: 3 }) },
  });
});

test('no worker, a full disk, a silent station: each check has its fault in the language of the reader', async () => {
  station.answer = { status: 503, body: {} };
  const { messages } = textsOf('ru');
  expect(await details('ru', { limitRatio: 0 })).toMatchObject({
    worker: { ok: false, detail: messages['workers-none']() },
    downloader: { ok: false, detail: messages['downloader-none']() },
    'disk space': { ok: false, detail: messages['storage-over-limit']() },
    station: { ok: false, detail: messages.silent() },
  });
});

test('a disk that cannot be measured: its check fails', async () => {
  expect(await details('en', { directory: path.join(mediaDir, 'missing') })).toMatchObject({
    'disk space': { ok: false, detail: 'could not be measured' },
  });
});
