import { backOffMs } from '@linkcast/contracts';
import { pause, startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { Telegram } from 'telegraf';
import { z } from 'zod';
import { asTelegrafSignal } from './messenger.ts';
import { classifyPollFailure, type PollFailure } from './poll-failure.ts';

export interface UpdatePollerOptions {
  readonly telegram: Telegram;
  /** Called at every new connection, before its first updates are read. A rejection counts as a failed poll. */
  readonly onConnected: (signal: AbortSignal) => Promise<void>;
  /**
   * Handles one update. The next poll confirms it to Telegram, also when the handler failed; after a storage error the handler
   * is called up to three times. Updates that were handled but not confirmed when the poller stopped come again after the next
   * start, so a handler has to recognise them.
   */
  readonly onUpdate: (update: Update) => Promise<void>;
  /** Called at the start of every poll, whether the last one succeeded or not. Default: nothing is called. */
  readonly onAlive?: () => void;
  readonly logger: Logger;
  /** Milliseconds that {@link onConnected} may take, after which the poll fails. No default. */
  readonly connectLimitMs: number;
  /** Each has a default of its own. */
  readonly pauses?: Partial<Pauses>;
}

interface Update {
  readonly update_id: number;
}

/** Milliseconds between attempts. */
export interface Pauses {
  /** After the first failure; doubled after each further one, up to a minute. Default 1000. */
  readonly firstMs: number;
  /** After Telegram has refused the token, which only a person can change. Default 300,000. */
  readonly refusedMs: number;
}

const PAUSES: Pauses = { firstMs: 1000, refusedMs: 300_000 };
const MAX_PAUSE_MS = 60_000;
const POLL_SECONDS = 50;
/** A connection that died silently would otherwise block the bot for telegraf's 500 seconds. */
const POLL_LIMIT_MS = (POLL_SECONDS + 20) * 1000;
const HANDLER_ATTEMPTS = 3;
const HANDLER_PAUSE_MS = 1000;

const Updates = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Polls Telegram for updates until it is stopped. telegraf's own polling ends at a refused token, at a second poller and
 * at any failure of `launch`, cannot be used twice, and waits up to 500 s on a dead connection; only its client is used.
 *
 * `stop` resolves when the update that is being handled is done. What was handled since the last poll is not confirmed then,
 * and comes again after the next start.
 */
export function startUpdatePoller(options: UpdatePollerOptions): Stoppable {
  const { telegram, onConnected, onAlive, logger, connectLimitMs } = options;
  const pauses = { ...PAUSES, ...options.pauses };
  let offset = 0;
  let isConnected = false;
  let isOutageReported = false;

  const connect = async (signal: AbortSignal): Promise<void> => {
    await onConnected(AbortSignal.any([signal, AbortSignal.timeout(connectLimitMs)]));
    isConnected = true;
    logger.info('connected to telegram');
  };

  return startPeriodicLoop({
    name: 'poll of telegram',
    logger,
    async run(signal) {
      onAlive?.();
      if (!isConnected) await connect(signal);
      const updates = await readUpdates(telegram, offset, signal);
      isOutageReported = false;
      for (const update of updates) {
        if (signal.aborted) break; // not confirmed: Telegram delivers it again
        await handleUpdate(update, options, signal);
        offset = update.update_id + 1;
      }
      return 0;
    },
    onFailure(error, failures) {
      const failure = classifyPollFailure(error);
      const pauseMs = pauseAfter(failure, failures, pauses);
      if (failure.kind !== 'rate-limited') isConnected = false;
      if (failure.kind !== 'network') logFailure(failure, { error, pauseMs, logger });
      else if (!isOutageReported) logger.warn({ reason: failure.reason }, 'telegram does not answer, trying again');
      isOutageReported ||= failure.kind === 'network';
      return pauseMs;
    },
  });
}

async function readUpdates(telegram: Telegram, offset: number, signal: AbortSignal): Promise<Update[]> {
  const allowed_updates = ['message', 'callback_query'] as const;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(POLL_LIMIT_MS)]);
  const answer: unknown = await telegram.callApi(
    'getUpdates',
    { offset, timeout: POLL_SECONDS, allowed_updates },
    { signal: asTelegrafSignal(limit) },
  );
  return Updates.parse(answer);
}

/** Handles an update, again after a storage error, such as a full disk. A bug is logged and does not block later updates. */
async function handleUpdate(
  update: Update,
  { onUpdate, logger }: UpdatePollerOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; attempt <= HANDLER_ATTEMPTS; attempt += 1) {
    try {
      await onUpdate(update);
      return;
    } catch (error) {
      logger.error({ err: error, updateId: update.update_id, attempt }, 'update could not be handled');
      const isStorageError = error instanceof Error && error.name === 'SqliteError';
      if (!isStorageError) return;
      await pause(HANDLER_PAUSE_MS, signal);
    }
  }
}

interface FailureContext {
  readonly error: unknown;
  readonly pauseMs: number;
  readonly logger: Logger;
}

function logFailure(
  failure: Exclude<PollFailure, { kind: 'network' }>,
  { error, pauseMs, logger }: FailureContext,
): void {
  switch (failure.kind) {
    case 'rate-limited':
      logger.info({ waitSeconds: pauseMs / 1000 }, 'telegram asks for a pause');
      break;
    case 'token-refused':
      logger.error('telegram refuses the token: check TELEGRAM_TOKEN, it may be mistyped or revoked');
      break;
    case 'conflict':
      logger.error('another program polls with the same token, or has set a webhook; taking over');
      break;
    case 'bug':
      logger.error({ err: error }, 'poll of telegram failed');
  }
}

function pauseAfter(failure: PollFailure, failures: number, { firstMs, refusedMs }: Pauses): number {
  if (failure.kind === 'token-refused') return refusedMs;
  const waitSeconds = failure.kind === 'rate-limited' ? failure.waitSeconds : 0;
  return Math.max(backOffMs(failures, { firstMs, mostMs: MAX_PAUSE_MS }), waitSeconds * 1000);
}
