/** Series by name, in the notation of `promtool test rules`: a value a minute. */
type Series = Readonly<Record<string, string>>;

const JOB = 'job="linkcast",instance="site"';
const NOW = '0x240';

function series(name: string, labels = ''): string {
  return `${name}{${[JOB, labels].filter(Boolean).join(',')}}`;
}

/** An installation that is well, for four hours from the epoch on. */
export const HEALTHY: Series = {
  [series('up')]: '1x240',
  [series('linkcast_metrics_source_failing', 'source="queue"')]: NOW,
  [series('linkcast_workers')]: '1x240',
  [series('linkcast_queue_paused', 'reason="storage"')]: NOW,
  [series('linkcast_queue_due')]: '3x240',
  [series('linkcast_jobs', 'state="downloading"')]: '2x240',
  [series('linkcast_jobs', 'state="failed"')]: '9x240',
  [series('linkcast_job_failures_total', 'problem="internal"')]: '0+1x240',
  [series('linkcast_job_duration_seconds_count', 'state="ready"')]: '0+3x240',
  [series('linkcast_job_duration_seconds_count', 'state="failed"')]: '0+1x240',
  [series('linkcast_storage_size_bytes')]: '1000x240',
  [series('linkcast_storage_limit_bytes')]: '900x240',
  [series('linkcast_storage_used_bytes')]: '500x240',
  [series('linkcast_storage_free_inodes')]: '1000000x240',
  [series('linkcast_media_present')]: '1x240',
  [series('linkcast_database_writable')]: '1x240',
  [series('linkcast_database_latency_seconds')]: '0.001x240',
  [series('linkcast_event_loop_delay_seconds', 'quantile="0.99"')]: '0.01x240',
  [series('linkcast_event_loop_delay_seconds', 'quantile="1"')]: '2x240',
  [series('http_request_duration_seconds_count', 'status="200"')]: '0+100x240',
  [series('http_request_duration_seconds_count', 'status="503"')]: '0+1x240',
  [series('linkcast_certificate_expiry_timestamp_seconds')]: `${60 * 86_400}x240`,
  [series('linkcast_name_state', 'state="right"')]: '1x240',
  [series('linkcast_name_state', 'state="wrong"')]: NOW,
  [series('linkcast_downloader_release_timestamp_seconds')]: `-${5 * 86_400}x240`,
  [series('linkcast_backup_success_timestamp_seconds')]: '0x240',
  [series('linkcast_backup_interval_seconds')]: '86400x240',
  [series('linkcast_backup_failed')]: NOW,
  [series('linkcast_station_online')]: '1x240',
  [series('linkcast_notices', 'severity="critical"')]: NOW,
  [series('linkcast_notices', 'severity="warning"')]: '2x240',
};

/** The fault for which each alert fires, instead of the series of {@link HEALTHY}; null: the series is absent. */
export const FIRING: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  LinkcastDown: { [series('up')]: NOW },
  LinkcastMetricsIncomplete: { [series('linkcast_metrics_source_failing', 'source="queue"')]: '1x240' },
  LinkcastNoWorker: { [series('linkcast_workers')]: NOW },
  LinkcastQueuePaused: { [series('linkcast_queue_paused', 'reason="storage"')]: '1x240' },
  LinkcastQueueStuck: { [series('linkcast_jobs', 'state="downloading"')]: NOW },
  LinkcastJobsFail: { [series('linkcast_job_duration_seconds_count', 'state="ready"')]: '0+0.2x240' },
  LinkcastDiskFilling: { [series('linkcast_storage_used_bytes')]: '870x240' },
  LinkcastDiskFull: { [series('linkcast_storage_used_bytes')]: '900x240' },
  LinkcastFewInodes: { [series('linkcast_storage_free_inodes')]: '500x240' },
  LinkcastMediaMissing: { [series('linkcast_media_present')]: NOW },
  LinkcastDatabaseReadOnly: { [series('linkcast_database_writable')]: NOW },
  LinkcastDatabaseSlow: { [series('linkcast_database_latency_seconds')]: '3x240' },
  LinkcastSlow: { [series('linkcast_event_loop_delay_seconds', 'quantile="0.99"')]: '0.8x240' },
  LinkcastServerErrors: { [series('http_request_duration_seconds_count', 'status="503"')]: '0+10x240' },
  LinkcastCertificateExpires: { [series('linkcast_certificate_expiry_timestamp_seconds')]: `${10 * 86_400}x240` },
  LinkcastNameWrong: { [series('linkcast_name_state', 'state="wrong"')]: '1x240' },
  LinkcastDownloaderOld: { [series('linkcast_downloader_release_timestamp_seconds')]: `-${31 * 86_400}x240` },
  LinkcastBackupLate: { [series('linkcast_backup_success_timestamp_seconds')]: `-${2 * 86_400}x240` },
  LinkcastBackupMissing: { [series('linkcast_backup_success_timestamp_seconds')]: null },
  LinkcastBackupFailed: { [series('linkcast_backup_failed')]: '1x240' },
  LinkcastStationOff: { [series('linkcast_station_online')]: NOW },
  LinkcastCriticalNotice: { [series('linkcast_notices', 'severity="critical"')]: '1x240' },
};
/** Alerts that fire beside the one of the case. */
export const ALSO: Readonly<Record<string, readonly string[]>> = { LinkcastDiskFull: ['LinkcastDiskFilling'] };
