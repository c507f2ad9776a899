import { CertificateStatus, NameStatus, NoticeSeverity, type Notice } from '@linkcast/contracts';
import { readBackupStatus } from '@linkcast/kit';
import type { PartStatuses } from '../../parts/part-statuses.ts';
import { oneOf, secondsOf, type MetricSource } from '../metric-source.ts';

const NAME_STATES = NameStatus.shape.state.options;
const CERTIFICATE_STATES = CertificateStatus.shape.state.options;

/** The public name and its certificate, as their parts report them. */
export function createNameMetrics({ readName, readCertificate }: PartStatuses): MetricSource {
  return {
    name: 'name',
    gauges: {
      linkcast_name_state: { help: '1 for the state of the public name.', label: 'state' },
      linkcast_certificate_state: { help: '1 for the state of the certificate.', label: 'state' },
      linkcast_certificate_expiry_timestamp_seconds: { help: 'Time at which the certificate expires.' },
    },
    async read() {
      const [name, certificate] = await Promise.all([readName(), readCertificate()]);
      return {
        linkcast_name_state: oneOf(NAME_STATES, name?.state),
        linkcast_certificate_state: oneOf(CERTIFICATE_STATES, certificate?.state),
        linkcast_certificate_expiry_timestamp_seconds: secondsOf(certificate?.notAfter),
      };
    },
  };
}

/** The open notices. */
export function createNoticeMetrics(open: () => readonly Notice[]): MetricSource {
  return {
    name: 'notices',
    gauges: { linkcast_notices: { help: 'Open notices by severity.', label: 'severity' } },
    read() {
      const notices = open();
      const countOf = (severity: NoticeSeverity): number => notices.filter((each) => each.severity === severity).length;
      return Promise.resolve({
        linkcast_notices: Object.fromEntries(NoticeSeverity.options.map((each) => [each, countOf(each)])),
      });
    },
  };
}

/** The backups. @param everyMs milliseconds from one to the next; undefined: none are scheduled. */
export function createBackupMetrics(dataDir: string, everyMs: number | undefined): MetricSource {
  return {
    name: 'backups',
    gauges: {
      linkcast_backup_success_timestamp_seconds: { help: 'Time of the newest good backup.' },
      linkcast_backup_bytes: { help: 'Size of the newest good backup.' },
      linkcast_backup_failed: { help: '1: the last run has made none.' },
      linkcast_backup_interval_seconds: {
        help: 'Time from one scheduled backup to the next; left out without a schedule.',
      },
    },
    async read() {
      const { lastGood, lastRun } = await readBackupStatus(dataDir);
      return {
        linkcast_backup_success_timestamp_seconds: secondsOf(lastGood?.madeAt),
        linkcast_backup_bytes: lastGood?.bytes,
        linkcast_backup_failed: lastRun ? Number(lastRun.failure !== null) : undefined,
        linkcast_backup_interval_seconds: everyMs === undefined ? undefined : everyMs / 1000,
      };
    },
  };
}
