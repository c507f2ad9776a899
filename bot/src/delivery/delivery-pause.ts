import { backOffMs } from '@linkcast/contracts';
import { elapsedMs, type Logger } from '@linkcast/kit';
import type { Delivery } from '../telegram/messenger.ts';

export interface DeliveryPauseOptions {
  /** Milliseconds after the first failure; doubled up to a minute. */
  readonly retryMs: number;
  readonly logger: Logger;
}

const MAX_RETRY_MS = 60_000;

/** The pause of one chat: Telegram has asked for it, or does not answer. */
export function createDeliveryPause({ retryMs, logger }: DeliveryPauseOptions) {
  let requestedUntil = 0;
  let outageUntil = 0;
  let failures = 0;

  return {
    /** The end of the pause, as `elapsedMs` counts. */
    until: (): number => Math.max(requestedUntil, outageUntil),

    /** Starts or prolongs the pause when this result demands one; any other result ends the row of failures. True: repeat the call later. */
    startIfNeeded(delivery: Delivery): boolean {
      if (delivery.kind === 'wait') {
        requestedUntil = elapsedMs() + delivery.seconds * 1000;
        logger.warn({ seconds: delivery.seconds }, 'telegram asks for a pause');
        return true;
      }
      if (delivery.kind === 'unreachable') {
        failures += 1;
        if (failures === 1) logger.warn({ reason: delivery.reason }, 'telegram unreachable, message waits');
        outageUntil = elapsedMs() + backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
        return true;
      }
      failures = 0;
      return false;
    },

    /** Ends the wait for a Telegram that did not answer. A pause that Telegram asked for stays. */
    endOutage(): void {
      outageUntil = 0;
      failures = 0;
    },
  };
}

export type DeliveryPause = ReturnType<typeof createDeliveryPause>;
