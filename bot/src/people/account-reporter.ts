import { backOffMs, type ApiClient } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import { createHmac } from 'node:crypto';

export interface AccountReporterOptions {
  readonly api: Pick<ApiClient, 'setBotAccount'>;
  /** The bot's token. Only a key derived from it is sent. */
  readonly token: string;
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to a minute. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 60_000;

/** Reports the bot's account to yt-app: its name, and the key of its Mini App. Repeats a report until yt-app accepts it. */
export function startAccountReporter({ api, token, logger, retryMs = 1000 }: AccountReporterOptions) {
  const miniAppKey = miniAppKeyOf(token);
  let name: string | null = null;
  let hasFailed = false;

  const loop = startPeriodicLoop({
    name: 'report of the bot account',
    logger,
    async run() {
      await api.setBotAccount({ name, miniAppKey });
      if (hasFailed) logger.info('bot account reported to yt-app');
      hasFailed = false;
      return undefined;
    },
    onFailure(error, failures) {
      if (failures === 1) logger.warn({ err: error }, 'bot account could not be reported to yt-app, trying again');
      hasFailed = true;
      return backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
    },
  });

  return {
    /** Sends a report now: yt-app, which keeps it in memory, may have restarted. */
    report: () => loop.runNow(),
    /** Takes the bot's user name, without @. */
    setName(changed: string): void {
      if (changed === name) return;
      name = changed;
      loop.runNow();
    },
    stop: () => loop.stop(),
  };
}

/** The key that verifies a Mini App's `initData` (https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app). */
function miniAppKeyOf(token: string): string {
  return createHmac('sha256', 'WebAppData').update(token).digest('hex');
}
