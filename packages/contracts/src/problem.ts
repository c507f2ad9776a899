import { z } from 'zod';
import { problems, problemTypes, type ProblemType } from './problems.ts';
import { texts } from './texts/index.ts';

/** The prefix that makes a problem type a URI (RFC 9457, section 3.1.1). */
const PROBLEM_URI = 'urn:linkcast:problem:';

/** One field of a request that was not accepted. */
export const FieldFault = z
  .object({
    field: z.string().meta({ description: 'Dotted path of the field, empty for the whole body.' }),
    fault: z.string().meta({ description: 'What is wrong with it, in plain words.' }),
  })
  .meta({ id: 'FieldFault' });

/** A problem as it travels: RFC 9457 members, the plain sentence, and our own short code. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: `\`${PROBLEM_URI}<code>\`.` }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    error: z.string().meta({ description: 'One plain sentence for a person.' }),
    code: z.enum(problemTypes),
    retryable: z.boolean(),
    faults: z.array(FieldFault).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** Facts that a sentence may use; nothing secret, no path, no program output. */
export interface ProblemFacts {
  /** The limit that was passed, already readable ("6 hours", "8 GB"). */
  readonly limit?: string;
  /** The address or host that was refused. */
  readonly host?: string;
  readonly faults?: z.infer<typeof FieldFault>[];
  /** Whole seconds after which the same request has a chance: the `Retry-After` header of the answer. */
  readonly retryAfterSeconds?: number;
}

/**
 * An expected failure that is shown to a person. Thrown where it happens, with its cause; answered in one place.
 * The message is the English sentence, so a log line is readable too.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemType;
  readonly facts: ProblemFacts;

  constructor(code: ProblemType, facts: ProblemFacts = {}, options?: { cause?: unknown; sentence?: string }) {
    super(options?.sentence ?? problemSentence(code, facts), options);
    this.code = code;
    this.facts = facts;
  }

  /** The problem that another part answered, with its own sentence, and the seconds of its `Retry-After` header. */
  static fromDocument(document: ProblemDocument, retryAfterSeconds?: number): Problem {
    const facts = {
      ...(document.faults ? { faults: document.faults } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
    return new Problem(document.code, facts, { sentence: document.error });
  }

  get status(): number {
    return problems[this.code].status;
  }

  get retryable(): boolean {
    return problems[this.code].retryable;
  }

  toDocument(): ProblemDocument {
    return {
      type: PROBLEM_URI + this.code,
      title: texts.problems[this.code].title,
      status: this.status,
      error: this.message,
      code: this.code,
      retryable: this.retryable,
      ...(this.facts.faults ? { faults: this.facts.faults } : {}),
    };
  }
}

/** The sentence for a problem: what happened, and what the person can do. */
export function problemSentence(code: ProblemType, facts: ProblemFacts = {}): string {
  const { sentence } = texts.problems[code];
  return sentence.replaceAll(/ ?\{(limit|host)\}/g, (_, name: 'limit' | 'host') => {
    const fact = facts[name];
    return fact === undefined ? '' : ` ${fact}`;
  });
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
