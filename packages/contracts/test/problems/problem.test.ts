import { describe, expect, it } from 'vitest';
import { isProblem, Problem, ProblemDocument } from '../../src/problems/problem.ts';
import { problems, problemTypes } from '../../src/problems/problem-catalogue.ts';
import { endpoints } from '../../src/endpoints/endpoints.ts';

describe('the catalogue of problems', () => {
  it.each(problemTypes)('%s: is documented, with a status between 400 and 599', (type) => {
    const { status, when } = problems[type];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(when).toMatch(/^(?:[A-Z]|ffmpeg|yt-dlp).*\.$/);
  });

  it('the problems of the endpoints: are in the catalogue', () => {
    const named = Object.values(endpoints).flatMap((endpoint) => endpoint.problems);
    expect(problemTypes).toEqual(expect.arrayContaining(named));
  });
});

describe('Problem', () => {
  it('with facts: has code and facts as its message for logs', () => {
    const limit = { kind: 'duration', seconds: 21_600 } as const;
    expect(new Problem('too-long', { limit }).message).toBe('too-long {"limit":{"kind":"duration","seconds":21600}}');
  });

  it('with facts: keeps them in its document and when it is read from it', () => {
    const facts = { limit: { kind: 'size', bytes: 8e9 }, host: 'example.com' } as const;
    const document = ProblemDocument.parse(JSON.parse(JSON.stringify(new Problem('too-large', facts).toDocument())));
    expect(document.facts).toEqual(facts);
    expect(Problem.fromDocument(document).facts).toEqual(facts);
  });

  it('as a document: keeps its code, message and faults', () => {
    const faults = [{ field: 'type', fault: 'must be video or audio' }];
    const problem = new Problem('invalid-request');
    const words = { title: 'Invalid request', sentence: 'The request has faults.', faults };
    const document = ProblemDocument.parse(JSON.parse(JSON.stringify(problem.toDocument(words))));
    expect(document).toMatchObject({
      type: 'urn:linkcast:problem:invalid-request',
      status: 422,
      retryable: false,
      faults,
    });

    const arrived = Problem.fromDocument(document);
    expect([arrived.code, arrived.message, arrived.facts]).toEqual([problem.code, words.sentence, { faults }]);
  });

  it('with a cause: keeps it for the log and out of the document', () => {
    const problem = new Problem('internal', {}, { cause: new Error('/secret/path') });
    expect(problem.cause).toBeInstanceOf(Error);
    expect(JSON.stringify(problem.toDocument())).not.toContain('secret');
  });

  it('an ordinary error: is no problem', () => {
    expect([isProblem(new Problem('internal')), isProblem(new Error('x')), isProblem('x')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
