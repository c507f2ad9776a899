import { paths } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import type { StoredJob } from '../requests/ending.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import { escapeHtml, type Button } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** A link to the page of an item: as text, which can be copied, and as a button where Telegram allows it. */
export interface PageLink {
  readonly line: string;
  readonly button: Button | undefined;
}

/**
 * The link to the page of an item: that of its share, which opens for everybody, or else that of the site, which opens for people who
 * are signed in. In a private chat the button opens the site as a Mini App, which signs the person in.
 */
export function pageLink(
  { chatId, share }: Pick<MediaRequest, 'chatId'> & { readonly share: Pick<MediaRequest['share'], 'links'> },
  { type, links }: Pick<StoredJob, 'type' | 'links'>,
  label: { readonly watch: string; readonly listen: string },
  site: SiteLinks,
): PageLink | undefined {
  if (links.page === null) return undefined;
  const text = `▶️ ${type === 'video' ? label.watch : label.listen}`;
  const url = site.absolute(share.links?.page ?? links.page);
  const isPrivate = chatId > 0;
  const button = isPrivate ? { text, webApp: site.absolute(links.page) } : { text, url };
  return { line: `${text}: ${escapeHtml(url)}`, button: site.fitButtons ? button : undefined };
}

/** The lines of a ready item with addresses for players, which cannot sign in and so need a share, and of the radio. */
export function playerLines(
  { share: { links } }: MediaRequest,
  { type }: StoredJob,
  words: Texts['bot'],
  site: SiteLinks,
): string[] {
  const line = (label: string, path: string): string => `${label}: ${escapeHtml(site.absolute(path))}`;
  const path = type === 'video' ? links?.hls : links?.file;
  const player = path == null ? [] : [line(type === 'video' ? words.vlc : words.mp3, path)];
  return type === 'audio' ? [...player, line(words.radio, paths.radio)] : player;
}
