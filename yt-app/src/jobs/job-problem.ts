import { problemTypes, SentenceFacts, type Job, type Problem, type ProblemDocument } from '@linkcast/contracts';
import { problemWords, type Language } from '@linkcast/texts';
import { z } from 'zod';

/** The problem of a failed job as it is stored. It has no words: each reader's language has its own. */
export const JobProblem = z.object({ code: z.enum(problemTypes), facts: SentenceFacts });
export type JobProblem = z.infer<typeof JobProblem>;

/** The part of a problem that is stored with its job. */
export function toJobProblem({ code, facts }: Problem): JobProblem {
  return JobProblem.parse({ code, facts });
}

/** A job as the API shows it, with the title and the sentence of its problem in a language. */
export function translateJob(job: Job, language: Language): Job {
  const { problem, retry } = job;
  if (problem === null && retry === null) return job;
  return {
    ...job,
    problem: problem && translateProblem(problem, language),
    retry: retry && { ...retry, problem: translateProblem(retry.problem, language) },
  };
}

/** A problem with its title and sentence in a language. */
export function translateProblem(problem: ProblemDocument, language: Language): ProblemDocument {
  const { title, sentence } = problemWords(problem, language);
  return { ...problem, title, error: sentence };
}
