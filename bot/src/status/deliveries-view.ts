import type { Delivery } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { escapeHtml, shorten, type MessageDraft } from '../telegram/message-draft.ts';

/** Telegram takes 4,096 characters. */
const MOST_SHOWN = 10;
const MAX_TITLE = 100;

/** Renders the last deliveries of items, the latest change first. */
export function renderDeliveries(deliveries: readonly Delivery[], texts: Texts): MessageDraft {
  const { deliveries: words } = texts.bot;
  if (deliveries.length === 0) return { text: escapeHtml(words.none), keyboard: [] };
  const lines = deliveries.slice(0, MOST_SHOWN).flatMap((delivery) => linesOf(delivery, texts));
  return { text: [`<b>${escapeHtml(words.heading)}</b>`, ...lines].join('\n'), keyboard: [] };
}

function linesOf({ title, targetName, state, problem, nextAttemptAt }: Delivery, texts: Texts): string[] {
  const { deliveries: words } = texts.bot;
  const facts = `${words.state[state]} ${words.to(targetName)}`;
  return [
    `<b>${escapeHtml(shorten(title, MAX_TITLE))}</b>`,
    escapeHtml(nextAttemptAt === null ? facts : `${facts} · ${words.next(nextAttemptAt)}`),
    ...(problem ? [escapeHtml(texts.problems[problem.code].sentence(problem.facts ?? {}))] : []),
  ];
}
