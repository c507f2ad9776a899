import { paths, type SignInCode } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { escapeHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** The message with a sign-in link, and the code to type on another device. */
export function renderSignIn({ code, path, expiresAt }: SignInCode, texts: Texts, site: SiteLinks): MessageDraft {
  const words = texts.bot.signIn;
  const minutes = Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 60_000));
  const url = site.absolute(path);
  const lines = [
    escapeHtml(words.open),
    escapeHtml(url),
    '',
    escapeHtml(words.onTv(site.absolute(paths.signIn))),
    `<code>${escapeHtml(code)}</code>`,
    '',
    escapeHtml(words.goodFor(minutes)),
    ...(site.openOnlyHere ? ['', escapeHtml(words.onlyHere)] : []),
  ];
  return { text: lines.join('\n'), keyboard: site.fitButtons ? [[{ text: words.button, url }]] : [] };
}
