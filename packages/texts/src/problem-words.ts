import type { ProblemFacts, ProblemType, ProblemWords } from '@linkcast/contracts';
import type { Language } from './language.ts';
import { textsOf } from './texts-of.ts';

/** A thrown problem, or the document of one. */
interface AnyProblem {
  readonly code: ProblemType;
  readonly facts?: ProblemFacts | undefined;
}

/** Title and sentence of a problem: the event, and what the person can do. */
export function problemWords({ code, facts = {} }: AnyProblem, language: Language = 'en'): ProblemWords {
  const { title, sentence } = textsOf(language).problems[code];
  return { title, sentence: sentence(facts) };
}
