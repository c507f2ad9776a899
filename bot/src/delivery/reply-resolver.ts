import { ApiUnavailable, isProblem, type ApiClient } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import { randomUUID } from 'node:crypto';
import type { TextsFor } from '../people/language-store.ts';
import { renderStats } from '../status/stats-view.ts';
import { escapeHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { DeferredReply } from './deferred-reply.ts';
import { renderSignIn } from './sign-in-view.ts';

type ReplyApi = Pick<ApiClient, 'createSignInCode' | 'endOwnSessions' | 'health'>;

export interface ReplyResolverOptions {
  /** Returns a client that calls for a person; its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (userId: number, requestId: string) => ReplyApi;
  readonly textsFor: TextsFor;
  readonly site: SiteLinks;
  readonly logger: Logger;
}

export interface ReplyResolver {
  /** Makes the call of a deferred reply to yt-app, and renders the answer. Never rejects: a failure has a text, too. */
  resolve(reply: DeferredReply): Promise<MessageDraft>;
}

export function createReplyResolver({ apiAs, textsFor, site, logger }: ReplyResolverOptions): ReplyResolver {
  return {
    async resolve(reply) {
      const texts = textsFor(reply.userId);
      const requestId = randomUUID();
      try {
        return await answer(reply, { texts, site, api: apiAs(reply.userId, requestId) });
      } catch (error) {
        return describeFailure(error, reply, { texts, logger: logger.child({ requestId, reply: reply.kind }) });
      }
    },
  };
}

interface ReplyContext {
  readonly api: ReplyApi;
  readonly texts: Texts;
  readonly site: SiteLinks;
}

async function answer(reply: DeferredReply, { api, texts, site }: ReplyContext): Promise<MessageDraft> {
  switch (reply.kind) {
    case 'sign-in':
      return renderSignIn(await api.createSignInCode(), texts, site);
    case 'sign-out':
      return plain(texts.bot.signedOut((await api.endOwnSessions()).ended));
    case 'stats':
      return renderStats(await api.health(), texts);
  }
}

function describeFailure(
  error: unknown,
  { kind }: DeferredReply,
  { texts, logger }: { readonly texts: Texts; readonly logger: Logger },
): MessageDraft {
  const { bot: words, problems } = texts;
  if (error instanceof ApiUnavailable || (isProblem(error) && error.code === 'unauthorized')) {
    logger.warn('yt-app does not answer a reply');
    return plain(words.apiDownNow);
  }
  if (kind === 'stats' && isProblem(error) && error.code === 'forbidden') return plain(words.stats.ownersOnly);
  logger.error({ err: error }, 'yt-app refuses a reply');
  return plain(isProblem(error) ? problems[error.code].sentence(error.facts) : words.apiDownNow);
}

function plain(text: string): MessageDraft {
  return { text: escapeHtml(text), keyboard: [] };
}
