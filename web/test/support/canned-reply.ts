import { Problem, type Caller, type ProblemFacts, type ProblemType } from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';

/** An answer of the canned API. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
}

/** Answers the calls of one endpoint; undefined: not found. */
export type Route = (call: {
  readonly id: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly caller: Caller;
}) => Reply | undefined;

export function ok(json: unknown): Reply {
  return { status: 200, json };
}

export function refused(code: ProblemType, facts: ProblemFacts = {}): Reply {
  const problem = new Problem(code, facts);
  return { status: problem.status, json: problem.toDocument(problemWords(problem)) };
}
