import type { OverLimit, ProblemFacts, ProblemLimit } from '@linkcast/contracts';
import type { Formats } from './formats/formats.ts';

/** The words for one problem. */
export interface ProblemText {
  /** A few words, the same for every occurrence. */
  readonly title: string;
  /** One or two sentences: the event, and what the person can do. Facts may be missing: old rows and other servers have none. */
  readonly sentence: (facts: ProblemFacts) => string;
}

/** The sentences of a person's limits, each with what was used and the limit. */
interface OverLimitWords {
  /** @param freeAt the time as `formats.deadline` has it; null: not known. */
  readonly jobsPerDay: (used: number, limit: string, freeAt: string | null) => string;
  readonly storageBytes: (used: string, limit: string) => string;
  readonly openJobs: (used: number, limit: string) => string;
  /** Without facts. */
  readonly any: string;
}

/** The sentence of `over-limit`. */
export function overLimitSentence(formats: Formats, words: OverLimitWords): ProblemText['sentence'] {
  return ({ overLimit }) => (overLimit ? limitSentence(overLimit, formats, words) : words.any);
}

function limitSentence({ which, used, limit, freeAt }: OverLimit, formats: Formats, words: OverLimitWords): string {
  switch (which) {
    case 'jobsPerDay':
      return words.jobsPerDay(used, formats.number(limit, 0), freeAt === null ? null : formats.deadline(freeAt));
    case 'storageBytes':
      return words.storageBytes(formats.bytes(used), formats.bytes(limit));
    case 'openJobs':
      return words.openJobs(used, formats.number(limit, 0));
  }
}

/** Formats the limit that was passed: `6 h`, `8 GB`, `4096 × 2176 pixels`. */
export function limitFormat(formats: Formats, words: { readonly pixels: string }): (limit: ProblemLimit) => string {
  return (limit) => {
    switch (limit.kind) {
      case 'duration':
        return formats.duration(limit.seconds);
      case 'size':
        return formats.bytes(limit.bytes);
      case 'picture':
        return `${limit.width} × ${limit.height} ${words.pixels}`;
    }
  };
}
