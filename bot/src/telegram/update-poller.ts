import { backOffMs, pause, type Logger } from '@linkcast/kit';
import { TelegramError, type Telegram } from 'telegraf';
import { z } from 'zod';
import { asTelegrafSignal, describeFailure } from './messenger.ts';

export interface UpdatePollerOptions {
  readonly telegram: Telegram;
  /** Called at every new connection, before the first updates: who we are, and what Telegram is to know of us. */
  readonly onConnected: (signal: AbortSignal) => Promise<void>;
  /** Takes one update. It is confirmed when this returns, or has thrown something that will not get better. */
  readonly onUpdate: (update: { readonly update_id: number }) => Promise<void>;
  /** A round of asking begins, however the last one went: the loop turns. */
  readonly onAlive?: () => void;
  readonly logger: Logger;
  /** Milliseconds that {@link onConnected} may take. */
  readonly connectLimitMs: number;
  readonly pauses?: Partial<Pauses>;
}

/** Milliseconds between attempts. */
export interface Pauses {
  /** After the first failure; it doubles up to a minute. */
  readonly firstMs: number;
  /** While Telegram refuses the token: only a person can change that. */
  readonly refusedMs: number;
}

const PAUSES: Pauses = { firstMs: 1000, refusedMs: 300_000 };
const MAX_PAUSE_MS = 60_000;
const POLL_SECONDS = 50;
/** A connection that died silently would otherwise hold the bot for telegraf's 500 seconds. */
const POLL_LIMIT_MS = (POLL_SECONDS + 20) * 1000;
const HANDLER_ATTEMPTS = 3;
const HANDLER_PAUSE_MS = 1000;

const Updates = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Long polling that nothing ends but `stop`. telegraf's own ends at a refused token, at a second poller and at any
 * failure of `launch`, cannot be used twice, and waits up to 500 s on a dead connection; only its client is used here.
 */
export function createUpdatePoller(options: UpdatePollerOptions) {
  const { telegram, onConnected, onUpdate, onAlive, logger } = options;
  const pauses = { ...PAUSES, ...options.pauses };
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let offset = 0;
  let failures = 0;
  let isConnected = false;

  const limit = (milliseconds: number): AbortSignal =>
    AbortSignal.any([stopping.signal, AbortSignal.timeout(milliseconds)]);

  const poll = async (): Promise<void> => {
    if (!isConnected) {
      await onConnected(limit(options.connectLimitMs));
      isConnected = true;
      logger.info('connected to telegram');
    }
    const allowed_updates = ['message', 'callback_query'] as const;
    const answer: unknown = await telegram.callApi(
      'getUpdates',
      { offset, timeout: POLL_SECONDS, allowed_updates },
      { signal: asTelegrafSignal(limit(POLL_LIMIT_MS)) },
    );
    failures = 0;
    for (const update of Updates.parse(answer)) {
      if (isStopping()) return; // not confirmed: it comes again
      await take(update);
      offset = update.update_id + 1;
    }
  };

  /** A full disk may be cured in a moment; a bug will not, and must not hold up what comes after. */
  const take = async (update: { readonly update_id: number }): Promise<void> => {
    for (let attempt = 1; attempt <= HANDLER_ATTEMPTS; attempt += 1) {
      try {
        await onUpdate(update);
        return;
      } catch (error) {
        const isStorage = error instanceof Error && error.name === 'SqliteError';
        logger.error({ err: error, updateId: update.update_id, attempt }, 'an update could not be handled');
        if (!isStorage) return;
        await pause(HANDLER_PAUSE_MS, stopping.signal);
      }
    }
  };

  const pauseAfter = (error: unknown): number => {
    failures += 1;
    const code = error instanceof TelegramError ? error.code : undefined;
    isConnected = false;
    if (code === 401 || code === 404) {
      logger.error('telegram refuses the token: check TELEGRAM_TOKEN, it may be mistyped or revoked');
      return pauses.refusedMs;
    }
    if (code === 409) logger.error('another program polls with the same token, or has set a webhook; taking over');
    else if (failures === 1) logger.warn({ reason: describeFailure(error) }, 'telegram does not answer, trying again');
    const asked = error instanceof TelegramError ? error.parameters?.retry_after : undefined;
    return Math.max(backOffMs(failures, { firstMs: pauses.firstMs, mostMs: MAX_PAUSE_MS }), (asked ?? 0) * 1000);
  };

  const run = async (): Promise<void> => {
    while (!isStopping()) {
      onAlive?.();
      try {
        await poll();
      } catch (error) {
        if (!isStopping()) await pause(pauseAfter(error), stopping.signal);
      }
    }
  };
  let running: Promise<void> | undefined;

  return {
    start: (): void => void (running ??= run()),
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}
