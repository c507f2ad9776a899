import { backOffMs, type ApiClient } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import { createHmac } from 'node:crypto';
import type { PeopleStore } from './people-store.ts';

export interface MembershipReporterOptions {
  readonly api: Pick<ApiClient, 'setMembership'>;
  readonly people: Pick<PeopleStore, 'members'>;
  /** The bot's token. Only a key derived from it is sent. */
  readonly token: string;
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to a minute. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 60_000;

/** Reports to yt-app who may sign in on the site, and by which bot. Repeats a report until yt-app accepts it. */
export function startMembershipReporter(options: MembershipReporterOptions) {
  const { api, people, token, logger, retryMs = 1000 } = options;
  const miniAppKey = miniAppKeyOf(token);
  let botName: string | null = null;
  let hasFailed = false;

  const loop = startPeriodicLoop({
    name: 'report of the members',
    logger,
    firstAfterMs: Infinity,
    async run() {
      await api.setMembership({ members: people.members(), botName, miniAppKey });
      if (hasFailed) logger.info('members reported to yt-app');
      hasFailed = false;
      return undefined;
    },
    onFailure(error, failures) {
      if (failures === 1) logger.warn({ err: error }, 'members could not be reported to yt-app, trying again');
      hasFailed = true;
      return backOffMs(failures, { firstMs: retryMs, mostMs: MAX_RETRY_MS });
    },
  });

  return {
    /** Sends a report now: the list may have changed, or yt-app may have lost it. */
    report: () => loop.runNow(),
    /** Takes the bot's user name, without @. */
    setBotName(name: string): void {
      if (name === botName) return;
      botName = name;
      loop.runNow();
    },
    stop: () => loop.stop(),
  };
}

/** The key that verifies a Mini App's `initData` (https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app). */
function miniAppKeyOf(token: string): string {
  return createHmac('sha256', 'WebAppData').update(token).digest('hex');
}
