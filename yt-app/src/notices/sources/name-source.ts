import { message } from '@linkcast/texts';
import type { PartStatuses } from '../../parts/part-statuses.ts';
import type { NoticeSource } from '../notice-source.ts';
import { withCause } from './cause.ts';

const HOUR_MS = 3_600_000;

/** Observes a public name that does not point here for an hour. */
export function createNameSource({ readName }: Pick<PartStatuses, 'readName'>): NoticeSource {
  return {
    name: 'public name',
    async observe() {
      const status = await readName();
      if (status === null || status.state === 'unknown') return undefined;
      const { name, state, lastError } = status;
      if (name === null || (state !== 'wrong' && state !== 'failing')) return [];
      return [
        {
          code: 'name',
          severity: 'warning',
          message: withCause(message('name-notice', { name }), lastError),
          action: message('do-fix-name'),
          opensAfterMs: HOUR_MS,
        },
      ];
    },
  };
}
