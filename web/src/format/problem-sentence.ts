import type { ProblemDocument } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';

/** Renders the problem of a job in the reader's language. */
export function problemSentence(
  { code, facts = {} }: ProblemDocument,
  { problems }: Pick<SiteTexts, 'problems'>,
): string {
  return problems[code].sentence(facts);
}
