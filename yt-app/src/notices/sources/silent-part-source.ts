import { message } from '@linkcast/texts';
import type { PartStatuses } from '../../parts/part-statuses.ts';
import type { NoticeSource } from '../notice-source.ts';

const HOUR_MS = 3_600_000;

/** Observes DDNS updater and certbot: one of them does not answer for an hour, while there is a public name. */
export function createSilentPartSource({ readName, readCertificate }: PartStatuses): NoticeSource {
  return {
    name: 'parts',
    async observe() {
      const [name, certificate] = await Promise.all([readName(), readCertificate()]);
      if (name === null && certificate === null) return undefined; // unknown if there is a public name
      if ((name?.name ?? certificate?.name ?? null) === null) return [];
      const silent = [
        ...(name === null ? (['name-silent'] as const) : []),
        ...(certificate === null ? (['certificate-silent'] as const) : []),
      ];
      return silent.map((code) => ({
        code,
        severity: 'warning',
        message: message(`${code}-notice`),
        action: message('do-read-logs'),
        opensAfterMs: HOUR_MS,
      }));
    },
  };
}
