import { ApiUnavailable, isProblem, type ApiClient, type Diagnosis, type Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Texts } from '@linkcast/texts';
import { randomUUID } from 'node:crypto';
import type { TextsFor } from '../people/language-store.ts';
import { renderDeliveries } from '../status/deliveries-view.ts';
import { renderDoctor } from '../status/doctor-view.ts';
import type { ExamineBot } from '../status/own-findings.ts';
import { renderStats } from '../status/stats-view.ts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, type MessageDraft } from '../telegram/message-draft.ts';
import type { SiteLinks } from '../telegram/site-links.ts';
import type { DeferredReply } from './deferred-reply.ts';
import { answerAboutFollowing, isAboutFollowing, type FollowingReply } from './following-reply.ts';
import { answerAboutItem, isAboutItem, type ItemReply, type ItemReplyApi } from './item-reply.ts';
import { renderSignIn } from './sign-in-view.ts';

type ReplyApi = Pick<
  ApiClient,
  'createSignInCode' | 'endOwnSessions' | 'health' | 'diagnose' | 'getMe' | 'patchMe' | 'answerRetention' | 'stopJob'
> &
  ItemReplyApi &
  Pick<ApiClient, 'listFollowing' | 'patchFollowed' | 'unfollow' | 'listDeliveries'>;

export interface ReplyResolverOptions {
  /** Returns a client that calls for a person; its calls carry the id as `X-Request-Id`. */
  readonly apiAs: (userId: number, requestId: string) => ReplyApi;
  readonly textsFor: TextsFor;
  readonly site: SiteLinks;
  readonly examineBot: ExamineBot;
  readonly logger: Logger;
}

export interface ReplyResolver {
  /** Makes the call of a deferred reply to yt-app, and renders the answer. Never rejects: a failure has a text, too. */
  resolve(reply: DeferredReply): Promise<MessageDraft>;
}

export function createReplyResolver({
  apiAs,
  textsFor,
  site,
  examineBot,
  logger,
}: ReplyResolverOptions): ReplyResolver {
  return {
    async resolve(reply) {
      const texts = textsFor(reply.userId);
      const requestId = randomUUID();
      try {
        const context = { texts, site, examineBot, api: apiAs(reply.userId, requestId) };
        if (isForOwners(reply)) return await answerOwner(reply, context);
        if (isAboutFollowing(reply)) return await answerAboutFollowing(reply, context);
        if (isAboutItem(reply)) return plain(await answerAboutItem(reply, context.api, texts.bot));
        return await answer(reply, context);
      } catch (error) {
        return describeFailure(error, reply, { texts, logger: logger.child({ requestId, reply: reply.kind }) });
      }
    },
  };
}

interface ReplyContext {
  readonly api: ReplyApi;
  readonly texts: Texts;
  readonly site: SiteLinks;
  readonly examineBot: ExamineBot;
}

async function answer(
  reply: Exclude<DeferredReply, FollowingReply | ItemReply | OwnersReply>,
  { api, texts, site }: ReplyContext,
): Promise<MessageDraft> {
  switch (reply.kind) {
    case 'sign-in':
      return renderSignIn(await api.createSignInCode(), texts, site);
    case 'sign-out':
      return plain(texts.bot.signedOut((await api.endOwnSessions()).ended));
    case 'reports':
      return renderReports((await api.getMe()).preferences.jobReports ?? true, texts);
    case 'set-reports':
      await api.patchMe({ preferences: { jobReports: reply.isOn } });
      return plain(reply.isOn ? texts.bot.reports.turnedOn : texts.bot.reports.turnedOff);
    case 'stop-job':
      await api.stopJob(reply.jobId);
      return plain(texts.bot.live.stopped);
    case 'answer-question':
      await api.answerRetention(reply.questionId, { answer: reply.answer });
      return plain(texts.bot.retention.answered[reply.answer]);
  }
}

/** A reply that yt-app gives owners only. */
type OwnersReply = Extract<DeferredReply, { kind: 'stats' | 'doctor' | 'deliveries' }>;

async function answerOwner({ kind }: OwnersReply, { api, texts, examineBot }: ReplyContext): Promise<MessageDraft> {
  if (kind === 'stats') return renderStats(await api.health(), texts);
  if (kind === 'doctor') return renderDoctor(await diagnose(api, examineBot), texts);
  return renderDeliveries((await api.listDeliveries()).deliveries, texts);
}

/** Asks yt-app first: it refuses members. */
async function diagnose(api: ReplyApi, examineBot: ExamineBot): Promise<Diagnosis> {
  const { version, findings } = await api.diagnose();
  return { version, findings: [...(await examineBot()), ...findings] };
}

function describeFailure(
  error: unknown,
  reply: DeferredReply,
  { texts, logger }: { readonly texts: Texts; readonly logger: Logger },
): MessageDraft {
  const { bot: words, problems } = texts;
  if (error instanceof ApiUnavailable || (isProblem(error) && error.code === 'unauthorized')) {
    logger.warn('yt-app does not answer a reply');
    return plain(words.apiDownNow);
  }
  const refusal = isProblem(error) ? refusalOf(error, reply, texts) : undefined;
  if (refusal !== undefined) return plain(refusal);
  logger.error({ err: error }, 'yt-app refuses a reply');
  return plain(isProblem(error) ? problems[error.code].sentence(error.facts) : words.apiDownNow);
}

/** The sentence about a refusal that is expected; undefined for any other. */
function refusalOf(problem: Problem, reply: DeferredReply, texts: Texts): string | undefined {
  const { bot: words, problems } = texts;
  const { kind } = reply;
  if (isForOwners(reply) && problem.code === 'forbidden') return words.stats.ownersOnly;
  if (kind === 'stop-job' && problem.code !== 'forbidden') return words.live.over;
  if (kind === 'answer-question') return questionRefusal(problem, texts);
  return REFUSABLE.includes(kind) ? problems[problem.code].sentence(problem.facts) : undefined;
}

/** The replies that yt-app may refuse for a reason that the person is to know. */
const REFUSABLE: readonly DeferredReply['kind'][] = [
  ...(['keep-item', 'make-audio', 'fetch-item', 'stop-job', 'change-following'] as const),
];

function isForOwners(reply: DeferredReply): reply is OwnersReply {
  return reply.kind === 'stats' || reply.kind === 'doctor' || reply.kind === 'deliveries';
}

/** The reason for which yt-app does not take the answer to a question about an unwatched item. */
function questionRefusal({ code, facts }: Problem, { bot: words, problems }: Texts): string {
  if (code === 'forbidden') return words.stats.ownersOnly;
  if (code === 'conflict') return words.retention.changed;
  return code === 'not-found' ? words.retention.expired : problems[code].sentence(facts);
}

/** The current choice, with a button for the other one. */
function renderReports(isOn: boolean, { bot: { reports: words } }: Texts): MessageDraft {
  const button = { text: isOn ? words.turnOff : words.turnOn, data: buttonData.reports(!isOn) };
  return { text: escapeHtml(isOn ? words.areOn : words.areOff), keyboard: [[button]] };
}

function plain(text: string): MessageDraft {
  return { text: escapeHtml(text), keyboard: [] };
}
