import { elapsedMs, startPeriodicLoop, type Logger } from '@linkcast/kit';
import type { RequestStore } from '../requests/request-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { Messenger } from '../telegram/messenger.ts';
import { createDeliveryPause } from './delivery-pause.ts';
import { nextTask, type DeliveryTask } from './delivery-task.ts';
import { createMessageSender } from './message-sender.ts';
import type { Outbox } from './outbox.ts';
import { paceOf, type Pace } from './pace.ts';
import type { ReplyResolver } from './reply-resolver.ts';
import { createStatusWriter } from './status-writer.ts';

export interface ChatQueueDeps {
  readonly messenger: Messenger;
  readonly outbox: Outbox;
  readonly replies: ReplyResolver;
  readonly requests: RequestStore;
  readonly board: StatusBoard;
  readonly logger: Logger;
  readonly pace?: Partial<Pace>;
}

/** Milliseconds after a bug, which would otherwise occur again at once. */
const BUG_PAUSE_MS = 60_000;

/**
 * Delivers to one chat, one call to Telegram at a time. Views are rendered when they are sent, not when they are due, so
 * a message shows what has happened meanwhile.
 */
export function startChatQueue(chatId: number, options: ChatQueueDeps) {
  const logger = options.logger.child({ chatId });
  const pace = paceOf(chatId, options.pace);
  const pause = createDeliveryPause({ retryMs: pace.retryMs, logger });
  const deps = { ...options, logger, pace, pause };
  const sender = createMessageSender(deps);
  const writer = createStatusWriter(deps);
  const perform = (task: DeliveryTask): Promise<void> =>
    task.kind === 'message' ? sender.send(task.message) : writer.show(task.request, task.view);

  const loop = startPeriodicLoop({
    name: 'deliveries to a chat',
    logger,
    firstAfterMs: Infinity,
    /** Performs all tasks that are due; resolves with the milliseconds to the next. */
    async run(signal) {
      while (!signal.aborted) {
        const task = nextTask(chatId, { ...deps, writer });
        const waitMs = task ? task.dueAt - elapsedMs() : Infinity;
        if (!task || waitMs > 0) return waitMs;
        await perform(task);
      }
      return undefined;
    },
    onFailure(error) {
      logger.error({ err: error }, 'bug: delivery to a chat failed');
      return BUG_PAUSE_MS;
    },
  });

  return {
    /** Delivers what is due: something has changed. */
    wake: () => loop.runNow(),
    /** Retries pending deliveries now instead of waiting for their back-off. Waits that Telegram asked for stay. */
    retryNow(): void {
      pause.endOutage();
      loop.runNow();
    },
    stop: () => loop.stop(),
  };
}
