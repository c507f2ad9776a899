import { backOffMs, pause, startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import { TelegramError, type Telegram } from 'telegraf';
import { z } from 'zod';
import { asTelegrafSignal, describeFailure } from './messenger.ts';

export interface UpdatePollerOptions {
  readonly telegram: Telegram;
  /** Called at every new connection, before the first updates are read. A rejection counts as no connection. */
  readonly onConnected: (signal: AbortSignal) => Promise<void>;
  /** Handles one update, which is then confirmed to Telegram, also when the handler failed with anything but a storage error. */
  readonly onUpdate: (update: Update) => Promise<void>;
  /** Called at the start of every poll, whether the last one succeeded or not. */
  readonly onAlive?: () => void;
  readonly logger: Logger;
  /** Milliseconds that {@link onConnected} may take. */
  readonly connectLimitMs: number;
  readonly pauses?: Partial<Pauses>;
}

interface Update {
  readonly update_id: number;
}

/** Milliseconds between attempts. */
export interface Pauses {
  /** After the first failure; doubled up to a minute. */
  readonly firstMs: number;
  /** After Telegram has refused the token, which only a person can change. */
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
 */
export function startUpdatePoller(options: UpdatePollerOptions): Stoppable {
  const { telegram, onConnected, onAlive, logger, connectLimitMs } = options;
  const pauses = { ...PAUSES, ...options.pauses };
  let offset = 0;
  let isConnected = false;

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
      for (const update of await readUpdates(telegram, offset, signal)) {
        if (signal.aborted) break; // not confirmed: Telegram delivers it again
        await handleUpdate(update, options, signal);
        offset = update.update_id + 1;
      }
      return 0;
    },
    onFailure(error, failures) {
      isConnected = false;
      logFailure(error, failures, logger);
      return pauseAfter(error, failures, pauses);
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

function isTokenRefused(error: unknown): boolean {
  return error instanceof TelegramError && (error.code === 401 || error.code === 404);
}

function logFailure(error: unknown, failures: number, logger: Logger): void {
  if (isTokenRefused(error))
    logger.error('telegram refuses the token: check TELEGRAM_TOKEN, it may be mistyped or revoked');
  else if (error instanceof TelegramError && error.code === 409)
    logger.error('another program polls with the same token, or has set a webhook; taking over');
  else if (failures === 1) logger.warn({ reason: describeFailure(error) }, 'telegram does not answer, trying again');
}

function pauseAfter(error: unknown, failures: number, { firstMs, refusedMs }: Pauses): number {
  if (isTokenRefused(error)) return refusedMs;
  const retryAfterSeconds = error instanceof TelegramError ? (error.parameters?.retry_after ?? 0) : 0;
  return Math.max(backOffMs(failures, { firstMs, mostMs: MAX_PAUSE_MS }), retryAfterSeconds * 1000);
}
