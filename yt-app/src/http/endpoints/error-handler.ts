import { isProblem, Problem, type ProblemWords } from '@linkcast/contracts';
import { isDiskFull, isReadOnly } from '@linkcast/kit';
import { problemWords, type Language } from '@linkcast/texts';
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import { DatabaseUnavailable } from '../../database/database-unavailable.ts';
import { InvalidRequest } from '../../invalid-request.ts';
import type { NegotiateLanguage } from './answer-language.ts';

/** A restart of a database server takes about so long. */
const DATABASE_SECONDS = 5;

/** The errors that express and its body parser throw for faulty requests. */
const RequestFault = z.object({ status: z.int().min(400).max(499) });

/** Answers with a problem document (RFC 9457), in a language. */
function answerProblem(response: Response, problem: Problem, language: Language): void {
  if (problem.code === 'unauthorized') response.set('www-authenticate', 'Bearer');
  const { retryAfterSeconds } = problem.facts;
  if (retryAfterSeconds !== undefined) response.set('retry-after', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem.toDocument(wordsOf(problem, language))));
}

function wordsOf(problem: Problem, language: Language): ProblemWords {
  const words = problemWords(problem, language);
  const faults = problem instanceof InvalidRequest ? problem.faultsIn(language) : problem.facts.faults;
  return faults ? { ...words, faults } : words;
}

/**
 * Turns errors into answers. An error that is no problem is a bug: it is answered as `internal`, and attached to the
 * response for the request log, which writes it once with its stack.
 */
export function createErrorHandler(negotiateLanguage: NegotiateLanguage): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = asProblem(error);
    if (!request.complete && !response.headersSent) response.set('connection', 'close'); // nobody reads the rest of its body
    if (problem.status >= 500) response.err = error instanceof Error ? error : new Error(String(error));
    if (response.headersSent) response.destroy();
    else answerProblem(response, problem, negotiateLanguage(response));
  };
}

function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  if (isDiskFull(error)) return new Problem('storage-full', {}, { cause: error });
  if (isReadOnly(error)) return new Problem('storage-read-only', {}, { cause: error });
  if (error instanceof DatabaseUnavailable)
    return new Problem('database-unavailable', { retryAfterSeconds: DATABASE_SECONDS }, { cause: error });
  const fault = RequestFault.safeParse(error);
  if (!fault.success) return new Problem('internal', {}, { cause: error });
  if (fault.data.status === 413) return new Problem('request-too-large');
  if (fault.data.status === 415) return new Problem('unsupported-media-type');
  return new Problem('malformed-request');
}
