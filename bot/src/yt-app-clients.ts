import { createApiClient, type ApiClient } from '@linkcast/contracts';
import type { BotOptions } from './bot-options.ts';
import type { PersonStore } from './people/person-store.ts';

/** Clients of yt-app. */
export interface YtAppClients {
  /** Makes the bot's own calls. */
  readonly api: ApiClient;
  /** Returns a client that calls for a person, with their rights. Its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (userId: number, requestId?: string) => ApiClient;
}

/**
 * Makes clients with the bot's key. When yt-app answers to any call that a person is not let in, the store has it at once: their next
 * message is refused.
 *
 * @param timeoutMs milliseconds that a call may take
 */
export function createYtAppClients(
  { url, token }: BotOptions['ytApp'],
  people: Pick<PersonStore, 'record'>,
  timeoutMs: number,
): YtAppClients {
  const settings = { baseUrl: url, timeoutMs, ...(token === undefined ? {} : { token }) };
  return {
    api: createApiClient(settings),
    apiAs: (userId, requestId) =>
      createApiClient({
        ...settings,
        ...(requestId === undefined ? {} : { requestId }),
        telegramId: userId,
        onProblem({ code }) {
          if (code === 'not-invited') people.record(userId, null, Date.now());
        },
      }),
  };
}
