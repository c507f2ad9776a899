import { paths, type FollowedList } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, shorten, type Button, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** Lists that have a line and buttons of their own: Telegram takes 100 buttons, and 4,096 characters. */
const MOST_LISTS = 10;
const MAX_TITLE = 100;

/** Renders the lists that a person follows, each with buttons that pause and end it. */
export function renderFollowing(lists: readonly FollowedList[], texts: Texts, site: SiteLinks): MessageDraft {
  const { following: words } = texts.bot;
  if (lists.length === 0) return { text: escapeHtml(words.none), keyboard: [] };
  const shown = lists.slice(0, MOST_LISTS);
  const lines = shown.flatMap((list, index) => linesOf(list, index + 1, texts));
  const rest = lists.length - shown.length;
  const page = site.absolute(paths.following);
  const more = rest === 0 ? [] : [`${escapeHtml(words.more(rest))} ${escapeHtml(page)}`];
  return {
    text: [`<b>${escapeHtml(words.heading)}</b>`, ...lines, ...more].join('\n'),
    keyboard: shown.map((list, index) => buttonsOf(list, index + 1, texts)),
  };
}

function linesOf(
  { title, type, state, problem, nextCheckAt, waiting }: FollowedList,
  number: number,
  texts: Texts,
): string[] {
  const { following: words, type: types } = texts.bot;
  const next = state === 'paused' || nextCheckAt === null ? words.paused : words.nextCheck(nextCheckAt);
  const facts = waiting === 0 ? next : `${next} · ${words.waiting(waiting)}`;
  return [
    `${number}. ${types[type]} <b>${escapeHtml(shorten(title, MAX_TITLE))}</b>`,
    escapeHtml(facts),
    ...(problem ? [`❌ ${escapeHtml(texts.problems[problem.code].sentence(problem.facts ?? {}))}`] : []),
  ];
}

function buttonsOf({ id, state }: FollowedList, number: number, { bot: { following: words } }: Texts): Button[] {
  const isPaused = state === 'paused';
  return [
    {
      text: `${isPaused ? words.go : words.pause} ${number}`,
      data: buttonData.following(id, isPaused ? 'go' : 'pause'),
    },
    { text: `${words.stop} ${number}`, data: buttonData.following(id, 'stop') },
  ];
}
