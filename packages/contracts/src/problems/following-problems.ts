import type { ProblemDefinition } from './problem-definition.ts';

/** The problems of followed lists. */
export const followingProblems = {
  'not-a-list': {
    status: 422,
    retryable: false,
    when: 'The link is one video: only a channel, playlist or feed can be followed.',
  },
  'already-followed': { status: 409, retryable: false, when: 'The person follows this list already.' },
  'too-many-followed': { status: 409, retryable: false, when: 'The person follows 100 lists.' },
} as const satisfies Record<string, ProblemDefinition>;
