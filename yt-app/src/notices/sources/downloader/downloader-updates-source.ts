import type { DownloaderUpdates, ReleaseFault } from '@linkcast/contracts';
import { message } from '@linkcast/texts';
import type { WorkerRegistry } from '../../../work/worker-registry.ts';
import type { ObservedCondition } from '../../condition.ts';
import type { NoticeSource } from '../../notice-source.ts';

/** A server that is offline for a day is nothing that an owner can change here. */
const UNREACHABLE_MS = 2 * 86_400_000;
/** Faults of a release that somebody may have caused on purpose. */
const ALTERED: readonly ReleaseFault[] = ['signature', 'checksum', 'size'];

/** Observes the updates of yt-dlp: a release that was refused or rolled back, and releases that cannot be reached. */
export function createDownloaderUpdatesSource(workers: Pick<WorkerRegistry, 'present'>): NoticeSource {
  return {
    name: 'downloader updates',
    observe() {
      const present = workers.present().flatMap(({ updates }) => updates ?? []);
      if (present.length === 0) return Promise.resolve(undefined);
      return Promise.resolve([...rolledBack(present), ...refused(present), ...unreachable(present)]);
    },
  };
}

function rolledBack(present: readonly DownloaderUpdates[]): ObservedCondition[] {
  const found = present.find((updates) => updates.rolledBack)?.rolledBack;
  if (!found) return [];
  const { from: version, to } = found;
  return [
    {
      code: `downloader-rolled-back-${version}`,
      severity: 'warning',
      message: message('downloader-rolled-back-notice', { version, to }),
      action: null,
    },
  ];
}

function refused(present: readonly DownloaderUpdates[]): ObservedCondition[] {
  const found = present.find((updates) => updates.refused)?.refused;
  if (!found) return [];
  const { version, fault } = found;
  const isAltered = ALTERED.includes(fault);
  return [
    {
      code: `downloader-refused-${version}`,
      severity: isAltered ? 'critical' : 'warning',
      message: isAltered
        ? message('downloader-altered-notice', { version })
        : message('downloader-unusable-notice', { version }),
      action: isAltered ? message('do-check-releases') : null,
    },
  ];
}

function unreachable(present: readonly DownloaderUpdates[]): ObservedCondition[] {
  if (!present.every(({ isUnreachable }) => isUnreachable)) return [];
  return [
    {
      code: 'downloader-unreachable',
      severity: 'info',
      message: message('downloader-unreachable-notice'),
      action: message('do-pin-downloader'),
      opensAfterMs: UNREACHABLE_MS,
    },
  ];
}
