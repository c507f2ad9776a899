import type { NewRequest } from '../requests/request-store.ts';
import type { FeatureDeps } from './feature.ts';

/** Adds a request for a link that a person sent, and logs it with the chat message when the update is committed. */
export function receiveLink(
  request: NewRequest,
  { requests, updates, logger }: Pick<FeatureDeps, 'requests' | 'updates' | 'logger'>,
): void {
  if (!requests.add(request)) return;
  const { key: requestId, chatId, type, replyTo, statusMessageId } = request;
  const facts = { requestId, chatId, messageId: replyTo ?? statusMessageId, type };
  updates.afterCommit(() => logger.info(facts, 'link received'));
}
