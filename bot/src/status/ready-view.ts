import { paths } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { buttonData } from '../telegram/button-data.ts';
import { itemLinks } from './item-links.ts';
import { escapeHtml, type Button } from '../telegram/message-draft.ts';
import type { MediaRequest, StoredJob } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** Renders a status message below its title when the item is ready. */
export function renderReady({ id, share }: MediaRequest, job: StoredJob, { bot: words }: Texts, site: SiteLinks) {
  const handling = job.handling === null ? '' : ` · ${words.handling[job.handling]}`;
  const { page, hls, file } = itemLinks(job, share, site);
  const open = openLink(job, page, words, site);
  const link = (label: string, url: string | null) => (url === null ? undefined : `${label}: ${escapeHtml(url)}`);
  const isShared = share.state === 'shared';
  // A player such as VLC cannot sign in: without a share, its link is shown only while one is being made.
  const hasPlayers = isShared || share.state === 'wanted';
  const player = job.type === 'video' ? link(words.vlc, hls) : link(words.mp3, file);
  const radio = job.type === 'audio' ? link(words.radio, site.absolute(paths.radio)) : undefined;
  const sharing = isShared
    ? { text: words.sharing.stop, data: buttonData.unshare(id) }
    : { text: words.sharing.share, data: buttonData.share(id) };
  return {
    lines: [
      `✅ ${words.phase.ready}${handling}`,
      open?.line,
      hasPlayers ? player : undefined,
      radio,
      sharingLine(share, words.sharing),
    ],
    keyboard: [open?.button ? [open.button] : [], share.state === 'revoking' ? [] : [sharing]],
  };
}

/** The link to the page: as text, which can be copied, and as a button where Telegram allows it. */
export function openLink(
  job: StoredJob,
  page: string | null,
  label: { watch: string; listen: string },
  { fitButtons }: SiteLinks,
): { line: string; button: Button | undefined } | undefined {
  if (page === null) return undefined;
  const text = `▶️ ${job.type === 'video' ? label.watch : label.listen}`;
  return { line: `${text}: ${escapeHtml(page)}`, button: fitButtons ? { text, url: page } : undefined };
}

function sharingLine({ state, expiresAt }: MediaRequest['share'], words: Texts['bot']['sharing']): string | undefined {
  switch (state) {
    case 'shared':
      return expiresAt === null ? undefined : escapeHtml(words.until(expiresAt));
    case 'wanted':
      return escapeHtml(`⚠️ ${words.pending}`);
    case 'revoking':
      return escapeHtml(`⚠️ ${words.stopping}`);
    case 'unshared':
      return escapeHtml(words.stopped);
  }
}
