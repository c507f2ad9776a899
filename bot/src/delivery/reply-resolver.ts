import { ApiUnavailable, isProblem, type ApiClient, type MemberRole } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import { randomUUID } from 'node:crypto';
import type { TextsFor } from '../people/language-store.ts';
import type { PeopleStore } from '../people/people-store.ts';
import { renderStats } from '../status/stats-view.ts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { DeferredReply } from './deferred-reply.ts';
import { renderSignIn } from './sign-in-view.ts';

type ReplyApi = Pick<ApiClient, 'createSignInCode' | 'signOutMember' | 'health'>;

export interface ReplyResolverOptions {
  /** Returns a client whose calls carry the id as `X-Request-Id`. */
  readonly apiFor: (requestId: string) => ReplyApi;
  readonly people: Pick<PeopleStore, 'roleOf'>;
  readonly textsFor: TextsFor;
  readonly site: SiteLinks;
  readonly logger: Logger;
}

export interface ReplyResolver {
  /** Makes the call of a deferred reply to yt-app, and renders the answer. Never rejects: a failure has a text, too. */
  resolve(reply: DeferredReply): Promise<MessageDraft>;
}

const MAX_NAME = 100;

export function createReplyResolver({ apiFor, people, textsFor, site, logger }: ReplyResolverOptions): ReplyResolver {
  return {
    async resolve(reply) {
      const texts = textsFor(reply.userId);
      const role = people.roleOf(reply.userId);
      if (role === undefined) return plain(texts.bot.refusal); // the person was a member when they wrote
      const requestId = randomUUID();
      try {
        return await answer(reply, { role, texts, site, api: apiFor(requestId) });
      } catch (error) {
        return describeFailure(error, texts, logger.child({ requestId, reply: reply.kind }));
      }
    },
  };
}

interface ReplyContext {
  readonly role: MemberRole;
  readonly api: ReplyApi;
  readonly texts: Texts;
  readonly site: SiteLinks;
}

async function answer(reply: DeferredReply, { role, api, texts, site }: ReplyContext): Promise<MessageDraft> {
  switch (reply.kind) {
    case 'sign-in': {
      const name = shorten(reply.name.trim(), MAX_NAME);
      const person = { role, telegramId: reply.userId, ...(name === '' ? {} : { name }) };
      return renderSignIn(await api.createSignInCode(person), texts, site);
    }
    case 'sign-out':
      return plain(texts.bot.signedOut((await api.signOutMember(reply.userId)).ended));
    case 'stats':
      return role === 'owner' ? renderStats(await api.health(), texts) : plain(texts.bot.stats.ownersOnly);
  }
}

function describeFailure(error: unknown, { bot: words, problems }: Texts, logger: Logger): MessageDraft {
  const isOutage = error instanceof ApiUnavailable || (isProblem(error) && error.code === 'unauthorized');
  if (isOutage) logger.warn('yt-app does not answer a reply');
  else logger.error({ err: error }, 'yt-app refuses a reply');
  return plain(isProblem(error) && !isOutage ? problems[error.code].sentence(error.facts) : words.apiDownNow);
}

function plain(text: string): MessageDraft {
  return { text: escapeHtml(text), keyboard: [] };
}
