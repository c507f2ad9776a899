import { paths, type ChildCounts } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import type { ListQuestion } from '../requests/list-question.ts';
import type { StoredJob } from '../requests/ending.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, type Button } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** The part of a status message below its title. */
interface ViewBody {
  readonly lines: readonly string[];
  readonly keyboard: readonly (readonly Button[])[];
}

/** Renders the question which videos of a list are wanted. */
export function renderListQuestion(
  { id }: Pick<MediaRequest, 'id'>,
  { videos, hasMore, one }: ListQuestion,
  { bot: words }: Texts,
): ViewBody {
  const { list } = words;
  const all = hasMore ? list.firstOf(videos) : list.all(videos);
  return {
    lines: [escapeHtml(list.found(videos, hasMore)), escapeHtml(list.question)],
    keyboard: [
      [
        { text: list.one[one ?? 'unknown'], data: buttonData.one(id) },
        { text: all, data: buttonData.all(id) },
      ],
      [{ text: words.cancel, data: buttonData.cancel(id) }],
    ],
  };
}

/** Renders a list of which at least one video is ready. It has no item that could be shared or kept. */
export function renderReadyList(children: ChildCounts, { bot: words }: Texts, site: SiteLinks): ViewBody {
  const counts = escapeHtml(words.reports.children(children));
  return { lines: [`✅ ${words.phase.ready} · ${counts}`, escapeHtml(site.absolute(paths.library))], keyboard: [] };
}

/** The numbers of the videos of a list; undefined for any other job. */
export function childrenLine({ children }: Pick<StoredJob, 'children'>, { reports }: Texts['bot']): string | undefined {
  return children ? escapeHtml(reports.children(children)) : undefined;
}
