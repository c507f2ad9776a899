import { Problem, ProblemDocument, type ProblemType } from '@linkcast/contracts';
import { expect } from 'vitest';

/** The answer is this problem, as a document of the catalogue. */
export function expectProblem(
  answer: { status: number; type: string; body: unknown },
  code: ProblemType,
): ProblemDocument {
  expect(answer.type).toBe('application/problem+json');
  const document = ProblemDocument.parse(answer.body);
  expect([document.code, document.status, answer.status]).toEqual([code, answer.status, new Problem(code).status]);
  return document;
}
