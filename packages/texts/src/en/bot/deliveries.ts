import type { DeliveryState } from '@linkcast/contracts';
import { formatsOf } from '../../formats/formats.ts';

const { deadline } = formatsOf('en');

/** Texts of the bot about deliveries. */
export const deliveries = {
  inGroup: 'I answer this only in a private chat: /deliveries',
  heading: 'Last deliveries:',
  none: 'Nothing was delivered yet. Targets are made on the settings page of the site.',
  state: {
    queued: '⏳ waits',
    running: '📤 is sent',
    delivered: '✅ delivered',
    failed: '❌ failed',
    cancelled: '✖️ cancelled',
  } satisfies Record<DeliveryState, string>,
  to: (target: string) => `to “${target}”`,
  next: (at: string) => `next attempt: ${deadline(at)}`,
};
