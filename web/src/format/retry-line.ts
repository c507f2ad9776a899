import type { JobRetry } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';
import { problemSentence } from './problem-sentence.ts';

/** Renders the reason for which a job waits, and the time of its next try. */
export function retryLine({ problem, at }: JobRetry, texts: Pick<SiteTexts, 'site' | 'problems'>): string {
  return `${problemSentence(problem, texts)} ${texts.site.queue.nextTry(at)}`;
}
