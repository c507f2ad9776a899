import { message } from '@linkcast/texts';
import type { PauseReason, QueuePause } from '../../work/waiting/queue-pause.ts';
import type { ObservedCondition } from '../condition.ts';
import type { NoticeSource } from '../notice-source.ts';

/** A full disk has a notice of its own. */
const CONDITIONS: Readonly<Partial<Record<PauseReason, ObservedCondition>>> = {
  network: {
    code: 'queue-paused-network',
    severity: 'warning',
    message: message('queue-paused-network-notice'),
    action: message('do-check-network'),
  },
  downloader: {
    code: 'queue-paused-downloader',
    severity: 'critical',
    message: message('queue-paused-downloader-notice'),
    action: message('do-update-downloader'),
  },
};

/** Observes that the queue is paused. */
export function createPauseSource(pause: Pick<QueuePause, 'reasons'>): NoticeSource {
  return {
    name: 'queue pause',
    observe: () => Promise.resolve([...pause.reasons().keys()].flatMap((reason) => CONDITIONS[reason] ?? [])),
  };
}
