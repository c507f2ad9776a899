import type { ObservedParts } from '../notices/notice-sources.ts';
import type { Notice } from '@linkcast/contracts';
import type { JobStatistics } from '../jobs/job-statistics.ts';
import type { StationControl } from '../station/station-control.ts';
import type { Metrics } from './metrics.ts';
import type { MetricSource } from './metric-source.ts';
import { createDatabaseMetrics } from './sources/database-metrics.ts';
import { createQueueMetrics } from './sources/queue-metrics.ts';
import { createStationMetrics } from './sources/station-metrics.ts';
import { createStorageMetrics } from './sources/storage-metrics.ts';
import { createBackupMetrics, createNameMetrics, createNoticeMetrics } from './sources/upkeep-metrics.ts';
import { createWorkerMetrics } from './sources/worker-metrics.ts';

/** The parts that the metrics read: those that make notices, and the radio. */
export interface MeasuredParts extends ObservedParts {
  readonly jobs: ObservedParts['jobs'] & Pick<JobStatistics, 'counts'>;
  readonly control: Pick<StationControl, 'status'>;
  /** The open notices. */
  readonly openNotices: () => readonly Notice[];
  readonly version: string;
}

/** Adds all sources to the metrics. */
export function addMetricSources(metrics: Pick<Metrics, 'addSource'>, parts: MeasuredParts): void {
  const sources = [
    createVersionMetrics(parts.version),
    createQueueMetrics(parts.jobs, parts.pause),
    createWorkerMetrics(parts.workers),
    createStorageMetrics(parts),
    createDatabaseMetrics(parts.database),
    createNameMetrics(parts.statuses),
    createNoticeMetrics(parts.openNotices),
    createBackupMetrics(parts.dataDir, parts.backupEveryMs),
    createStationMetrics(parts.control),
  ];
  for (const source of sources) metrics.addSource(source);
}

function createVersionMetrics(version: string): MetricSource {
  return {
    name: 'version',
    gauges: { linkcast_info: { help: 'The version of Linkcast; always 1.', label: 'version' } },
    read: () => Promise.resolve({ linkcast_info: { [version]: 1 } }),
  };
}
