import type { ApiClient } from '@linkcast/contracts';
import { backOffMs, type Logger } from '@linkcast/kit';
import { createHmac } from 'node:crypto';
import type { PeopleStore } from './people-store.ts';

export interface MembershipReporterOptions {
  readonly api: Pick<ApiClient, 'setMembership'>;
  readonly people: Pick<PeopleStore, 'members'>;
  /** The bot's token: it stays here, only the key made from it goes out. */
  readonly token: string;
  readonly logger: Logger;
  /** Milliseconds after the first failure; they double up to a minute. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 60_000;

/** Keeps yt-app informed of who may sign in on the site, and by which bot. Tries until it has been told. */
export function createMembershipReporter(options: MembershipReporterOptions) {
  const { api, people, token, logger, retryMs = 1000 } = options;
  const miniAppKey = miniAppKeyOf(token);
  let botName: string | null = null;
  let isDue = false;
  let isStopped = false;
  let failures = 0;
  let reporting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const tell = async (): Promise<void> => {
    while (isDue && !isStopped) {
      isDue = false;
      await api.setMembership({ members: people.members(), botName, miniAppKey });
      if (failures > 0) logger.info('yt-app knows the members now');
      failures = 0;
    }
  };

  const onFailure = (error: unknown): void => {
    failures += 1;
    if (failures === 1) logger.warn({ err: error }, 'yt-app could not be told who may sign in, trying again');
    isDue = true;
    if (!isStopped) timer = setTimeout(start, backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS }));
  };

  const start = (): void => {
    clearTimeout(timer);
    reporting ??= tell()
      .catch(onFailure)
      .finally(() => {
        reporting = undefined;
        if (isDue && failures === 0) report(); // it became due after the last look
      });
  };

  const report = (): void => {
    isDue = true;
    if (!isStopped) start();
  };

  return {
    /** The list may have changed, or yt-app may have forgotten it. */
    report,
    /** Telegram has said what the bot is called, without @. */
    setBotName: (name: string): void => {
      if (name === botName) return;
      botName = name;
      report();
    },
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await reporting;
    },
  };
}

/** What a Mini App's `initData` is checked with (https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app). */
function miniAppKeyOf(token: string): string {
  return createHmac('sha256', 'WebAppData').update(token).digest('hex');
}
