import type { Notice, NoticeSeverity } from '@linkcast/contracts';
import { sentenceIn, type Texts, type Worded } from '@linkcast/texts';
import { escapeHtml, shorten } from '../telegram/message-draft.ts';

const MAX_CHARACTERS = 1000;
const SIGNS: Readonly<Record<NoticeSeverity, string>> = { info: 'ℹ️', warning: '⚠️', critical: '🚨' };

/** The message that reports a notice: what is the matter, then what to do. Telegram's HTML. */
export function noticeText({ severity, action, ...notice }: Notice, texts: Texts): string {
  return lines(SIGNS[severity], sentenceIn(notice, texts), action, texts);
}

/** The message that reminds of a notice that is still open. */
export function reminderText({ severity, action, since, ...notice }: Notice, texts: Texts): string {
  return lines(SIGNS[severity], texts.bot.notice.unsolved(since, sentenceIn(notice, texts)), action, texts);
}

/** The message that reports the end of a notice. */
export function solvedText(notice: Worded, texts: Texts): string {
  return lines('✅', texts.bot.notice.solved(sentenceIn(notice, texts)), null, texts);
}

function lines(sign: string, sentence: string, action: Worded | null, texts: Texts): string {
  const below = action ? [sentenceIn(action, texts)] : [];
  return [`${sign} ${sentence}`, ...below].map((line) => escapeHtml(shorten(line, MAX_CHARACTERS))).join('\n');
}
