import { TelegramError } from 'telegraf';
import { describeFailure } from './messenger.ts';

/** The result of a poll that failed. */
export type PollFailure =
  /** Telegram did not answer, or something else answered in its name. */
  | { readonly kind: 'network'; readonly reason: string }
  /** Telegram asks for a pause; 0 when it does not say how long. */
  | { readonly kind: 'rate-limited'; readonly waitSeconds: number }
  /** Telegram refused the token, which only a person can change. */
  | { readonly kind: 'token-refused' }
  /** Another program polls with the same token, or has set a webhook. */
  | { readonly kind: 'conflict' }
  /** Everything else. */
  | { readonly kind: 'bug' };

/** The errors of node-fetch and of the platform for connections and answers that fail, and for limits that are over. */
const NETWORK_ERRORS: readonly string[] = ['FetchError', 'AbortError', 'TimeoutError'];

export function classifyPollFailure(error: unknown): PollFailure {
  if (error instanceof TelegramError) return classifyRefusal(error);
  const isNetwork = error instanceof Error && NETWORK_ERRORS.includes(error.name);
  return isNetwork ? { kind: 'network', reason: describeFailure(error) } : { kind: 'bug' };
}

function classifyRefusal(error: TelegramError): PollFailure {
  const { code, parameters } = error;
  if (code === 429) return { kind: 'rate-limited', waitSeconds: parameters?.retry_after ?? 0 };
  if (code === 401 || code === 404) return { kind: 'token-refused' };
  if (code === 409) return { kind: 'conflict' };
  if (code >= 400 && code < 500) return { kind: 'bug' };
  return { kind: 'network', reason: describeFailure(error) }; // Telegram's own failure; another program's JSON has no code
}
