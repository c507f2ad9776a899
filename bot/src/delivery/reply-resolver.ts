import { ApiUnavailable, isProblem, paths, type ApiClient } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import type { PeopleStore } from '../people/people-store.ts';
import type { DeferredReply } from './deferred-reply.ts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import { renderStats } from '../status/stats-view.ts';

export interface ReplyResolverOptions {
  readonly api: Pick<ApiClient, 'createSignInCode' | 'signOutMember' | 'health'>;
  readonly people: Pick<PeopleStore, 'roleOf'>;
  readonly site: SiteLinks;
  readonly logger: Logger;
}

const { bot: words } = texts;
const MAX_NAME = 100;

/** Asks yt-app what people asked the bot, and puts the answer into words. Never throws. */
export function createReplyResolver({ api, people, site, logger }: ReplyResolverOptions) {
  const answer = async (reply: DeferredReply): Promise<MessageDraft> => {
    const role = people.roleOf(reply.userId);
    if (role === undefined) return say(words.refusal); // they were a member when they asked
    switch (reply.kind) {
      case 'sign-in':
        return signIn(reply, role);
      case 'sign-out':
        return say(words.signedOut((await api.signOutMember(reply.userId)).ended));
      case 'stats':
        return role === 'owner' ? renderStats(await api.health()) : say(words.stats.ownersOnly);
    }
  };

  const signIn = async ({ userId, name }: DeferredReply & { kind: 'sign-in' }, role: 'owner' | 'member') => {
    const called = shorten(name.trim(), MAX_NAME);
    const about = { role, telegramId: userId, ...(called === '' ? {} : { name: called }) };
    const { code, path, expiresAt } = await api.createSignInCode(about);
    const minutes = Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 60_000));
    const url = site.absolute(path);
    const lines = [
      escapeHtml(words.signIn.open),
      escapeHtml(url),
      '',
      escapeHtml(words.signIn.onTv(site.absolute(paths.signIn))),
      `<code>${escapeHtml(code)}</code>`,
      '',
      escapeHtml(words.signIn.goodFor(minutes)),
      ...(site.openOnlyHere ? ['', escapeHtml(words.signIn.onlyHere)] : []),
    ];
    return { text: lines.join('\n'), keyboard: site.fitButtons ? [[{ text: words.signIn.button, url }]] : [] };
  };

  return {
    async resolve(reply: DeferredReply): Promise<MessageDraft> {
      try {
        return await answer(reply);
      } catch (error) {
        const isOutage = error instanceof ApiUnavailable || (isProblem(error) && error.code === 'unauthorized');
        if (isOutage) logger.warn({ reply: reply.kind }, 'yt-app gives no answer to pass on');
        else logger.error({ reply: reply.kind, err: error }, 'yt-app refuses an answer');
        return say(isProblem(error) && !isOutage ? error.message : words.apiDownNow);
      }
    },
  };
}

export type ReplyResolver = ReturnType<typeof createReplyResolver>;

function say(text: string): MessageDraft {
  return { text: escapeHtml(text), keyboard: [] };
}
