import { paths, type JobLive, type JobRetry, type Problem } from '@linkcast/contracts';
import { triedSentence, type Texts } from '@linkcast/texts';
import { buttonData } from '../telegram/button-data.ts';
import { escapeHtml, shorten, type Button, type MessageDraft } from '../telegram/message-draft.ts';
import { pageLink } from './item-links.ts';
import { childrenLine, renderListQuestion, renderReadyList } from './list-view.ts';
import { renderReady } from './ready-view.ts';
import type { Ending, StoredJob, StoredProblem } from '../requests/ending.ts';
import { sourceName } from '../requests/file-source.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { SiteLinks } from '../telegram/site-links.ts';

/** The reason for a request that makes no progress: yt-app does not answer, or refuses for now. */
export type Trouble = 'api-down' | Problem;

export interface StatusFacts {
  readonly request: MediaRequest;
  /** The newest state of its job. */
  readonly job: StoredJob | undefined;
  readonly trouble: Trouble | undefined;
}

/** The status message of a request. A new milestone is shown at once; progress within one can wait. */
export interface StatusView extends MessageDraft {
  readonly milestone: 'begun' | 'asking' | 'playable' | 'ended';
}

type BotWords = Texts['bot'];

const BAR_CELLS = 12;
const MAX_TITLE = 200;

/** Renders the status message of a request. */
export function renderStatus(facts: StatusFacts, texts: Texts, site: SiteLinks): StatusView {
  const { request, job } = facts;
  const { bot: words } = texts;
  if (request.ending) return renderEnding(request, request.ending, job, texts, site);
  if (request.question && !request.isCancelAsked) {
    const { lines, keyboard } = renderListQuestion(request, request.question, texts);
    return draft('asking', [heading(request, request.question, words), ...lines], keyboard);
  }
  const isPlayable = job?.playable === true && request.state === 'watching';
  const labels = { watch: words.watchNow, listen: words.listenNow };
  const open = isPlayable ? pageLink(request, job, labels, site) : undefined;
  const retry = awaitedRetry(facts);
  const lines = [
    heading(request, job, words),
    ...(retry ? [retryLine(retry, texts), triedLine(job, texts)] : progressLines(facts, words)),
    open?.line,
    troubleLine(facts.trouble, texts),
  ];
  return draft(isPlayable ? 'playable' : 'begun', lines, [open?.button ? [open.button] : [], actionsOf(facts, words)]);
}

/** The next try of a job that waits for it, unless the person has asked for something else meanwhile. */
function awaitedRetry({ request, job }: StatusFacts): JobRetry | null {
  return request.state === 'watching' && !request.isCancelAsked ? (job?.retry ?? null) : null;
}

function actionsOf(facts: StatusFacts, words: BotWords): Button[] {
  const { id, isCancelAsked } = facts.request;
  if (isCancelAsked) return [];
  const retryNow = { text: words.retryNow, data: buttonData.retry(id) };
  const stop = { text: words.live.stop, data: buttonData.stop(id) };
  const isRecorded = facts.request.state === 'watching' && facts.job?.live?.isStopping === false;
  return [
    ...(awaitedRetry(facts) ? [retryNow] : []),
    ...(isRecorded ? [stop] : []),
    { text: words.cancel, data: buttonData.cancel(id) },
  ];
}

function renderEnding(
  request: MediaRequest,
  ending: Ending,
  job: StoredJob | undefined,
  texts: Texts,
  site: SiteLinks,
): StatusView {
  const { bot: words } = texts;
  const retry = [{ text: words.retry, data: buttonData.retry(request.id) }];
  const title = heading(request, ending.kind === 'job' ? ending.job : job, words);
  const end = (icon: string, sentence: string, buttons: Button[], more?: string) =>
    draft('ended', [title, `${icon} ${escapeHtml(sentence)}`, more], [buttons]);
  const failure = (problem: StoredProblem | null, more?: string) =>
    end('❌', problem ? problemSentence(problem, texts) : words.phase.failed, problem?.retryable ? retry : [], more);
  switch (ending.kind) {
    case 'cancelled':
      return end('🚫', words.phase.cancelled, retry);
    case 'lost':
      return end('❌', words.lost, retry);
    case 'gave-up':
      return end('❌', words.gaveUp, retry);
    case 'unanswered':
      return end('🚫', words.list.unanswered, retry);
    case 'file-too-large':
      return end('❌', words.file.tooLarge(site.absolute(paths.add)), []);
    case 'refused':
      return failure(ending.problem);
    case 'job':
      if (ending.job.state === 'ready') {
        const { lines, keyboard } = readyContent(request, ending.job, texts, site);
        return draft('ended', [title, ...lines], keyboard);
      }
      if (ending.job.state === 'cancelled') return end('🚫', words.phase.cancelled, retry);
      if (ending.job.children) return end('❌', words.list.failed(ending.job.children.total), retry);
      return failure(ending.job.problem, triedLine(ending.job, texts));
  }
}

function readyContent(request: MediaRequest, job: StoredJob, texts: Texts, site: SiteLinks) {
  return job.children ? renderReadyList(job.children, texts, site) : renderReady(request, job, texts, site);
}

function heading({ type, url }: MediaRequest, titled: Pick<StoredJob, 'title'> | undefined, words: BotWords): string {
  return `${words.type[type]} <b>${escapeHtml(shorten(titled?.title ?? sourceName(url), MAX_TITLE))}</b>`;
}

function progressLines({ request, job }: StatusFacts, words: BotWords): (string | undefined)[] {
  if (request.isCancelAsked) return [words.cancelling];
  if (request.state === 'new') return [words.submitting];
  if (request.state === 'retry') return [words.retrying];
  if (!job) return [words.phase.queued];
  if (job.live) return liveLines(job.live, job, words);
  const { ratio, bytes } = job.progress;
  const percent = ratio === null ? undefined : Math.floor(ratio * 100);
  const phase = words.phase[job.state];
  if (job.state !== 'downloading' && job.state !== 'converting') return [phase];
  return [
    percent === undefined ? phase : `${phase} · ${words.percent(percent)}`,
    percent === undefined ? undefined : bar(percent),
    bytes === 0 ? undefined : words.progress(job.progress),
    childrenLine(job, words),
  ];
}

function liveLines({ since, isStopping }: JobLive, { progress }: StoredJob, words: BotWords): (string | undefined)[] {
  if (isStopping) return [words.live.stopping];
  return [escapeHtml(words.live.since(since)), progress.bytes === 0 ? undefined : words.progress(progress)];
}

/** The reason for which a job waits, and the time of its next try. */
function retryLine({ problem, at }: JobRetry, texts: Texts): string {
  return escapeHtml(`⏳ ${problemSentence(problem, texts)} ${texts.bot.nextTry(at)}`);
}

/** The ways that were tried; undefined: there was no choice. */
function triedLine(job: StoredJob | undefined, { bot: words, problems }: Texts): string | undefined {
  return job && escapeHtml(triedSentence(job.tried, words.tried, problems));
}

function bar(percent: number): string {
  const full = Math.floor((percent / 100) * BAR_CELLS);
  return '▰'.repeat(full) + '▱'.repeat(BAR_CELLS - full);
}

function troubleLine(trouble: Trouble | undefined, { bot: words, problems }: Texts): string | undefined {
  if (trouble === undefined) return undefined;
  if (trouble === 'api-down') return escapeHtml(`⚠️ ${words.apiDown}`);
  return escapeHtml(`⚠️ ${problems[trouble.code].sentence(trouble.facts)} ${words.keepTrying}`);
}

/** The sentence of a stored problem; the stored one where no code is known. */
function problemSentence({ code, facts = {}, error }: StoredProblem, { problems }: Texts): string {
  return code === undefined ? error : problems[code].sentence(facts);
}

function draft(
  milestone: StatusView['milestone'],
  lines: readonly (string | undefined)[],
  keyboard: readonly (readonly Button[])[],
): StatusView {
  const text = lines.filter((line) => line !== undefined && line !== '').join('\n');
  return { milestone, text, keyboard: keyboard.filter((row) => row.length > 0) };
}
