import type { ApiClient } from '@linkcast/contracts';
import type { Texts } from '@linkcast/texts';
import { renderFollowing } from '../status/following-view.ts';
import { escapeHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { DeferredReply } from './deferred-reply.ts';

/** A reply about followed lists. */
export type FollowingReply = Extract<DeferredReply, { kind: 'following' | 'change-following' }>;
type FollowingApi = Pick<ApiClient, 'listFollowing' | 'patchFollowed' | 'unfollow'>;

export function isAboutFollowing(reply: DeferredReply): reply is FollowingReply {
  return reply.kind === 'following' || reply.kind === 'change-following';
}

/** Shows the lists of the person, or pauses, continues or ends one of them. */
export async function answerAboutFollowing(
  reply: FollowingReply,
  { api, texts, site }: { readonly api: FollowingApi; readonly texts: Texts; readonly site: SiteLinks },
): Promise<MessageDraft> {
  if (reply.kind === 'following') return renderFollowing((await api.listFollowing()).following, texts, site);
  return { text: escapeHtml(await changeFollowed(reply, api, texts)), keyboard: [] };
}

/** @returns the sentence about what was done. */
async function changeFollowed(
  { listId, action }: Extract<FollowingReply, { kind: 'change-following' }>,
  api: FollowingApi,
  { bot: { following: words } }: Texts,
): Promise<string> {
  if (action === 'stop') {
    await api.unfollow(listId);
    return words.stopped;
  }
  const { title } = await api.patchFollowed(listId, { state: action === 'go' ? 'active' : 'paused' });
  return action === 'go' ? words.continued(title) : words.wasPaused(title);
}
