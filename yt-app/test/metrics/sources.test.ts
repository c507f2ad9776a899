import { writeBackupStatus } from '@linkcast/kit';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { oneOf, type MetricSource } from '../../src/metrics/metric-source.ts';
import {
  createBackupMetrics,
  createNameMetrics,
  createNoticeMetrics,
} from '../../src/metrics/sources/upkeep-metrics.ts';
import { createStorageMetrics } from '../../src/metrics/sources/storage-metrics.ts';
import { createWorkerMetrics } from '../../src/metrics/sources/worker-metrics.ts';
import { createWorkerRegistry } from '../../src/work/worker-registry.ts';
import { certificateStatus, nameStatus } from '../fixtures/part-status.ts';

const source = (read: MetricSource['read']): MetricSource => ({
  name: 'test',
  gauges: { test_plain: { help: 'One.' }, test_labelled: { help: 'Many.', label: 'state' } },
  read,
});

async function textOf(...sources: MetricSource[]): Promise<string> {
  const metrics = createMetrics(50);
  for (const each of sources) metrics.addSource(each);
  return metrics.text();
}

describe('a source', () => {
  test('with values: has a line for each', async () => {
    const text = await textOf(source(() => Promise.resolve({ test_plain: 3, test_labelled: { a: 1, b: 0 } })));
    expect(text).toMatch(/^test_plain 3$/m);
    expect(text).toMatch(/^test_labelled\{state="b"\} 0$/m);
    expect(text).toContain('linkcast_metrics_source_failing{source="test"} 0');
  });

  test.each([
    ['that fails', () => Promise.reject(new Error('canary'))],
    ['that hangs', () => new Promise<never>(() => undefined)],
  ])('%s: is left out and named, and the others are there', async (_name, read) => {
    const text = await textOf(
      source(read),
      createNoticeMetrics(() => []),
    );
    expect(text).not.toMatch(/^test_|canary/m);
    expect(text).toContain('linkcast_metrics_source_failing{source="test"} 1');
    expect(text).toContain('linkcast_notices{severity="critical"} 0');
  });

  test('whose value becomes unknown: has no line any more', async () => {
    let value: number | undefined = 1;
    const metrics = createMetrics();
    metrics.addSource(source(() => Promise.resolve({ test_plain: value, test_labelled: undefined })));
    expect(await metrics.text()).toMatch(/^test_plain 1$/m);
    value = undefined;
    expect(await metrics.text()).not.toMatch(/^test_plain \d/m);
  });
});

test('a state: is 1 for the one that holds', () => {
  expect(oneOf(['right', 'wrong'], 'wrong')).toEqual({ right: 0, wrong: 1 });
});

test('workers: their count, the time of the last sign, which stays when they are away, and the release of yt-dlp', async () => {
  let nowMs = 1_000_000;
  const workers = createWorkerRegistry(() => nowMs);
  const metrics = createWorkerMetrics(workers);
  expect(await metrics.read()).toMatchObject({
    linkcast_workers: 0,
    linkcast_worker_last_seen_timestamp_seconds: undefined,
  });
  workers.note({ worker: 'w', instance: 'i', kind: 'job', downloader: '2026.10.26' });
  expect(await metrics.read()).toEqual({
    linkcast_workers: 1,
    linkcast_worker_last_seen_timestamp_seconds: 1000,
    linkcast_downloader_release_timestamp_seconds: Date.UTC(2026, 9, 26) / 1000,
  });
  nowMs += 120_000;
  expect(await metrics.read()).toMatchObject({
    linkcast_workers: 0,
    linkcast_worker_last_seen_timestamp_seconds: 1000,
  });
});

test('the disk of a media volume that is away: has no size', async () => {
  const items = { trashBytes: () => Promise.resolve(7), countUndecoded: () => Promise.resolve(3) };
  const options = { mediaDir: os.tmpdir(), storageLimit: 0.9, items };
  const away = await createStorageMetrics({ ...options, isMediaPresent: () => false }).read();
  expect(away).toMatchObject({ linkcast_media_present: 0, linkcast_storage_size_bytes: undefined });
  const present = await createStorageMetrics({ ...options, isMediaPresent: () => true }).read();
  expect(present).toMatchObject({ linkcast_media_present: 1, linkcast_trash_bytes: 7, linkcast_undecoded_items: 3 });
  expect(present['linkcast_storage_limit_bytes']).toBeLessThan(Number(present['linkcast_storage_size_bytes']));
});

test('name and certificate: their states and the expiry; of parts that do not answer, nothing', async () => {
  const notAfter = '2027-01-01T00:00:00.000Z';
  const known = createNameMetrics({
    readName: () => Promise.resolve(nameStatus({ state: 'wrong' })),
    readCertificate: () => Promise.resolve(certificateStatus({ state: 'due', notAfter })),
  });
  expect(await known.read()).toMatchObject({
    linkcast_name_state: { wrong: 1, right: 0 },
    linkcast_certificate_state: { due: 1, valid: 0 },
    linkcast_certificate_expiry_timestamp_seconds: Date.parse(notAfter) / 1000,
  });
  const silent = createNameMetrics({
    readName: () => Promise.resolve(null),
    readCertificate: () => Promise.resolve(null),
  });
  expect(Object.values(await silent.read())).toEqual([undefined, undefined, undefined]);
});

test('backups: the time of the newest good one, and the failure of the last run', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linkcast-metrics-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const metrics = createBackupMetrics(folder, 86_400_000);
  expect(await metrics.read()).toMatchObject({ linkcast_backup_success_timestamp_seconds: undefined });
  const madeAt = '2026-11-01T00:00:00.000Z';
  await writeBackupStatus(folder, {
    lastGood: { name: 'a', madeAt, bytes: 5 },
    lastRun: { endedAt: madeAt, failure: 'disk-full' },
  });
  expect(await metrics.read()).toEqual({
    linkcast_backup_success_timestamp_seconds: Date.parse(madeAt) / 1000,
    linkcast_backup_bytes: 5,
    linkcast_backup_failed: 1,
    linkcast_backup_interval_seconds: 86_400,
  });
});
