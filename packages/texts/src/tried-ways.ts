import type { TriedWays } from '@linkcast/contracts';
import type { Texts } from './texts-of.ts';

/** The sentence about the ways by which a job has tried to reach its source; empty when the first one worked, or there was no choice. */
export function triedSentence(tried: TriedWays, words: Texts['bot']['tried'], problems: Texts['problems']): string {
  const failed = tried.flatMap(({ way, problem }) => (problem === null ? [] : [`${way}: ${problems[problem].title}`]));
  if (failed.length === 0) return '';
  const worked = tried.find(({ problem }) => problem === null);
  return worked ? words.worked(worked.way, failed.join('; ')) : words.failed(failed.join('; '));
}
