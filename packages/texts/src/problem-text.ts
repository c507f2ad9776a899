import type { ProblemFacts, ProblemLimit } from '@linkcast/contracts';
import type { Formats } from './formats/formats.ts';

/** The words for one problem. */
export interface ProblemText {
  /** A few words, the same for every occurrence. */
  readonly title: string;
  /** One or two sentences: the event, and what the person can do. Facts may be missing: old rows and other servers have none. */
  readonly sentence: (facts: ProblemFacts) => string;
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
