import { isProblem, type ApiClient } from '@linkcast/contracts';
import { createRetryQueue, type Logger, type RetryQueue } from '@linkcast/kit';
import { randomUUID } from 'node:crypto';
import type { LanguageStore, UnsentLanguage } from './language-store.ts';
import type { PersonStore } from './person-store.ts';

export interface LanguageReporterOptions {
  /** Returns a client that calls for a person. */
  readonly apiAs: (userId: number, requestId: string) => Pick<ApiClient, 'patchMe'>;
  readonly languages: LanguageStore;
  readonly people: Pick<PersonStore, 'record'>;
  readonly logger: Logger;
  /** Milliseconds until the first new attempt; doubled up to a minute. Default 1,000. */
  readonly retryMs?: number;
}

const MAX_RETRY_MS = 60_000;

/** Sends the languages that people chose with `/lang` to yt-app. Repeats each until yt-app has accepted or refused it. */
export function createLanguageReporter(options: LanguageReporterOptions): RetryQueue {
  const { apiAs, languages, people, logger, retryMs = 1000 } = options;
  return createRetryQueue<UnsentLanguage>({
    pending: languages.unsent,
    keyOf: ({ userId }) => userId,
    versionOf: ({ language }) => language,
    async work(choice) {
      const { userId, language } = choice;
      const me = await apiAs(userId, randomUUID()).patchMe({ language });
      languages.markSent(choice);
      people.record(userId, me, Date.now()); // newer than any answer on its way
    },
    onFailure(choice, error, failures) {
      if (failures === 1) logger.warn({ err: error }, 'language of a person could not be sent to yt-app');
      const isRefused = isProblem(error) && !error.retryable && error.code !== 'unauthorized';
      if (!isRefused) return { kind: 'retry' };
      languages.markSent(choice);
      return { kind: 'give-up' };
    },
    backOff: { firstMs: retryMs, mostMs: MAX_RETRY_MS },
    concurrency: 1,
  });
}
