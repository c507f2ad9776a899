import type { RetentionQuestion } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';

const MAX_TITLE = 200;

/** Renders the question whether an unwatched item may go. */
export function renderQuestion(question: RetentionQuestion, { bot }: Texts): MessageDraft {
  const { id, title, bytes, personName, addedAt, expiresAt } = question;
  const { retention: words } = bot;
  const facts = words.facts(bytes, addedAt, personName);
  return {
    text: [
      `🗄 <b>${escapeHtml(shorten(title, MAX_TITLE))}</b>`,
      escapeHtml(facts),
      '',
      escapeHtml(words.question(expiresAt)),
    ].join('\n'),
    keyboard: [
      [
        { text: words.keep, data: buttonData.retention(id, 'keep') },
        { text: words.delete, data: buttonData.retention(id, 'delete') },
      ],
      [{ text: words.later, data: buttonData.retention(id, 'later') }],
    ],
  };
}
