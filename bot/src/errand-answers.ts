import { ApiUnavailable, isProblem, paths, type ApiClient } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import type { Access } from './access.ts';
import type { Errand } from './errand.ts';
import { escapeHtml, shorten, type MessageDraft } from './message-draft.ts';
import type { SiteLinks } from './site-links.ts';
import { renderStats } from './stats-view.ts';

export interface ErrandAnswersOptions {
  readonly api: Pick<ApiClient, 'createSignInCode' | 'signOutMember' | 'health'>;
  readonly access: Pick<Access, 'roleOf'>;
  readonly site: SiteLinks;
  readonly logger: Logger;
}

const { bot: words } = texts;
const MAX_NAME = 100;

/** Asks yt-app what people asked the bot, and puts the answer into words. Never throws. */
export function createErrandAnswers({ api, access, site, logger }: ErrandAnswersOptions) {
  const answer = async (errand: Errand): Promise<MessageDraft> => {
    const role = access.roleOf(errand.userId);
    if (role === undefined) return say(words.refusal); // they were a member when they asked
    switch (errand.kind) {
      case 'sign-in':
        return signIn(errand, role);
      case 'sign-out':
        return say(words.signedOut((await api.signOutMember(errand.userId)).ended));
      case 'stats':
        return role === 'owner' ? renderStats(await api.health()) : say(words.stats.ownersOnly);
    }
  };

  const signIn = async ({ userId, name }: Errand & { kind: 'sign-in' }, role: 'owner' | 'member') => {
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
    async draft(errand: Errand): Promise<MessageDraft> {
      try {
        return await answer(errand);
      } catch (error) {
        const isOutage = error instanceof ApiUnavailable || (isProblem(error) && error.code === 'unauthorized');
        if (isOutage) logger.warn({ errand: errand.kind }, 'yt-app gives no answer to pass on');
        else logger.error({ errand: errand.kind, err: error }, 'yt-app refuses an answer');
        return say(isProblem(error) && !isOutage ? error.message : words.apiDownNow);
      }
    },
  };
}

export type ErrandAnswers = ReturnType<typeof createErrandAnswers>;

function say(text: string): MessageDraft {
  return { text: escapeHtml(text), keyboard: [] };
}
