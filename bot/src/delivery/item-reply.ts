import { isEnded, type ApiClient, type Job } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import type { DeferredReply } from './deferred-reply.ts';

/** A reply about the item of a message. */
export type ItemReply = Extract<DeferredReply, { mediaId: string }>;
export type ItemReplyApi = Pick<ApiClient, 'patchMedia' | 'makeAudio' | 'fetchMedia'>;

export function isAboutItem(reply: DeferredReply): reply is ItemReply {
  return 'mediaId' in reply;
}

/** Makes the call about an item. @returns the sentence that says what has come of it */
export async function answerAboutItem(
  { kind, mediaId }: ItemReply,
  api: ItemReplyApi,
  words: Texts['bot'],
): Promise<string> {
  switch (kind) {
    case 'keep-item':
      await api.patchMedia(mediaId, { isKept: true });
      return words.retention.kept;
    case 'make-audio':
      return describeJob(await api.makeAudio(mediaId), words);
    case 'fetch-item':
      return describeJob(await api.fetchMedia(mediaId), words);
  }
}

/** Says that a job has started; its end is reported as that of a job from the site. */
function describeJob({ state }: Job, { itemJobs: words }: Texts['bot']): string {
  return isEnded(state) ? words.present : words.started;
}
