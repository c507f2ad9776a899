import { sourceDamageOf, type Job } from '@linkcast/contracts';
import { triedSentence, type Texts } from '@linkcast/texts';
import type { StoredJob } from '../requests/ending.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import { pageLink, playerLines } from './item-links.ts';

/** Renders a status message below its title when the item is ready. */
export function renderReady(request: MediaRequest, job: StoredJob, texts: Texts, site: SiteLinks) {
  const { bot: words, problems } = texts;
  const { id, share } = request;
  const handling = job.handling === null ? '' : ` · ${words.handling[job.handling]}`;
  const open = pageLink(request, job, words, site);
  const sharing =
    share.state === 'shared'
      ? { text: words.sharing.stop, data: buttonData.unshare(id) }
      : { text: words.sharing.share, data: buttonData.share(id) };
  const keep = { text: words.retention.keep, data: buttonData.keep(id) };
  const more =
    request.type === 'video'
      ? [
          { text: words.itemJobs.makeAudio, data: buttonData.audio(id) },
          { text: words.itemJobs.fetchAgain, data: buttonData.fetch(id) },
        ]
      : [];
  return {
    lines: [
      `✅ ${escapeHtml(readyWords(job, words))}${handling}`,
      escapeHtml(triedSentence(job.tried, words.tried, problems)),
      open?.line,
      ...playerLines(request, job, words, site),
      sharingLine(share, words.sharing),
    ],
    keyboard: [open?.button ? [open.button] : [], [...(share.state === 'revoking' ? [] : [sharing]), keep], more],
  };
}

/** Says that a job is ready, and how much of its item arrived damaged. */
export function readyWords({ damage }: Pick<Job, 'damage'>, words: Texts['bot']): string {
  const arrived = sourceDamageOf(damage);
  return arrived ? words.readyDamaged(Math.ceil(arrived.seconds)) : words.phase.ready;
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
      return escapeHtml(words.unshared);
  }
}
