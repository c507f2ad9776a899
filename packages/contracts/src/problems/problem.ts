import { z } from 'zod';
import { CookieFault } from './cookie-fault.ts';
import { OverLimit } from './over-limit.ts';
import { PlaylistFacts } from './playlist-facts.ts';
import { problems, problemTypes, type ProblemType } from './problem-catalogue.ts';

/** The prefix that makes a problem type a URI (RFC 9457, section 3.1.1). */
const PROBLEM_URI = 'urn:linkcast:problem:';

/** One field of a request that was not accepted. */
export const FieldFault = z
  .object({
    field: z.string().meta({ description: 'Dotted path of the field, empty for the whole body.' }),
    fault: z.string().meta({ description: 'What is wrong with it, in plain words.' }),
  })
  .meta({ id: 'FieldFault' });
export type FieldFault = z.infer<typeof FieldFault>;

/** The limit of the installation that was passed, in base units. */
export const ProblemLimit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('duration'), seconds: z.number().nonnegative() }),
  z.object({ kind: z.literal('size'), bytes: z.number().nonnegative() }),
  z.object({ kind: z.literal('picture'), width: z.number().int(), height: z.number().int() }),
]);
export type ProblemLimit = z.infer<typeof ProblemLimit>;

/** The values that a sentence may show; nothing secret, no path, no program output. */
export const SentenceFacts = z
  .object({
    limit: ProblemLimit.optional(),
    overLimit: OverLimit.optional(),
    damagedSeconds: z.number().nonnegative().optional().meta({ description: 'Seconds that cannot be played.' }),
    videos: z.number().int().positive().optional().meta({ description: 'The number of videos in the list.' }),
    list: PlaylistFacts.optional().meta({ description: 'The list behind the link.' }),
    startsAt: z.iso.datetime().optional().meta({ description: 'The announced begin of a broadcast.' }),
    cookies: CookieFault.optional(),
    host: z.string().max(300).optional().meta({ description: 'The address or host that was refused.' }),
  })
  .meta({ id: 'ProblemFacts' });

/** A problem as it travels: RFC 9457 members, the plain sentence, and our own short code. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: `\`${PROBLEM_URI}<code>\`.` }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    error: z.string().meta({ description: 'One plain sentence for a person.' }),
    code: z.enum(problemTypes),
    facts: SentenceFacts.optional().meta({
      description: 'With `code`, what a client needs for a sentence of its own.',
    }),
    retryable: z.boolean(),
    faults: z.array(FieldFault).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** The facts of a problem: values, which each reader's language formats. */
export interface ProblemFacts extends z.infer<typeof SentenceFacts> {
  /** The faults in the document of another part, in the words that it came with. */
  readonly faults?: FieldFault[];
  /** Whole seconds after which the same request has a chance: the `Retry-After` header of the answer. */
  readonly retryAfterSeconds?: number;
}

/** A problem in the words of one language; `@linkcast/texts` makes them. */
export interface ProblemWords {
  readonly title: string;
  readonly sentence: string;
  /** Of `invalid-request`: what is wrong with each field. */
  readonly faults?: FieldFault[];
}

/**
 * An expected failure that is shown to a person. Thrown where it happens, with its cause; answered in one place, in the
 * reader's language. The message is for logs: the code and its facts, or the sentence of the part that answered with it.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemType;
  readonly facts: ProblemFacts;

  constructor(code: ProblemType, facts: ProblemFacts = {}, options?: { cause?: unknown; sentence?: string }) {
    super(options?.sentence ?? describe(code, facts), options);
    this.code = code;
    this.facts = facts;
  }

  /** The problem that another part answered, with its own sentence, and the seconds of its `Retry-After` header. */
  static fromDocument(document: ProblemDocument, retryAfterSeconds?: number): Problem {
    const facts = {
      ...document.facts,
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

  /** @param words in the reader's language; without them, an answer to another part of ours */
  toDocument(words: ProblemWords = { title: this.code, sentence: this.message }): ProblemDocument {
    const facts = SentenceFacts.parse(this.facts);
    return {
      type: PROBLEM_URI + this.code,
      title: words.title,
      status: this.status,
      error: words.sentence,
      code: this.code,
      retryable: this.retryable,
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
      ...(words.faults ? { faults: words.faults } : {}),
    };
  }
}

function describe(code: ProblemType, facts: ProblemFacts): string {
  return Object.keys(facts).length === 0 ? code : `${code} ${JSON.stringify(facts)}`;
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
