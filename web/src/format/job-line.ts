import { isEnded, type Job, type JobLive } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';
import { problemSentence } from './problem-sentence.ts';
import { progressLine } from './progress-line.ts';
import { retryLine } from './retry-line.ts';
import { hostOf } from './safe-href.ts';

/** The line under a job: its state, then the numbers of its children, and the mark of a repair. */
export function jobLine(job: Job, texts: SiteTexts): string {
  const { queue } = texts.site;
  return [
    stateLine(job, texts),
    ...(job.children ? [queue.children(job.children)] : []),
    ...(job.repairs === null ? [] : [queue.repair]),
  ].join(' · ');
}

/** Returns the problem of a failed job, the reason and the time of a next try, the outcome of another ended one, or the progress. */
function stateLine(job: Job, texts: SiteTexts): string {
  if (job.problem) return problemSentence(job.problem, texts);
  if (job.retry) return retryLine(job.retry, texts);
  if (job.live) return liveLine(job.live, job, texts);
  return isEnded(job.state) ? endedLine(job, texts) : progressLine(job, texts);
}

function liveLine({ since, isStopping }: JobLive, { progress }: Job, { site, formats }: SiteTexts): string {
  return isStopping ? site.live.stopping : [site.live.since(since), formats.bytes(progress.bytes)].join(' · ');
}

function endedLine(
  { state, handling, finishedAt, createdAt, url }: Job,
  { site, formats }: Pick<SiteTexts, 'site' | 'formats'>,
): string {
  const how = state === 'ready' && handling ? site.handling[handling] : site.jobStates[state];
  return [how, hostOf(url), formats.timeAgo(finishedAt ?? createdAt)].join(' · ');
}
