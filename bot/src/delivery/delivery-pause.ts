import { backOffMs, type Logger } from '@linkcast/kit';
import type { Delivery } from '../telegram/messenger.ts';

export interface DeliveryPauseOptions {
  /** Milliseconds after the first failure; they double up to a minute. */
  readonly retryMs: number;
  readonly logger: Logger;
}

const MAX_RETRY_MS = 60_000;

/** How long one chat has to wait: because Telegram asked for it, or because it did not answer. */
export function createDeliveryPause(chatId: number, { retryMs, logger }: DeliveryPauseOptions) {
  let askedUntil = 0;
  let outageUntil = 0;
  let failures = 0;

  return {
    /** Milliseconds since 1970. */
    until: (): number => Math.max(askedUntil, outageUntil),

    /** True when the same has to be tried again later. */
    isNeeded(delivery: Delivery): boolean {
      if (delivery.kind === 'wait') {
        askedUntil = Date.now() + delivery.seconds * 1000;
        logger.warn({ chatId, seconds: delivery.seconds }, 'telegram asks for a pause');
        return true;
      }
      if (delivery.kind === 'unreachable') {
        failures += 1;
        if (failures === 1) logger.warn({ chatId, reason: delivery.reason }, 'telegram unreachable, message waits');
        outageUntil = Date.now() + backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
        return true;
      }
      failures = 0;
      return false;
    },

    endOutage(): void {
      outageUntil = 0;
      failures = 0;
    },
  };
}
