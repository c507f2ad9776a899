import type { ProblemDefinition } from './problem-definition.ts';

/** The problems of callers: who they are, what they may do, and how they come in. */
export const accessProblems = {
  unauthorized: { status: 401, retryable: false, when: 'No key or session, or a wrong one.' },
  forbidden: { status: 403, retryable: false, when: 'The caller is known, but may not do this.' },
  'sign-in-refused': {
    status: 403,
    retryable: false,
    when: 'A sign-in code is wrong, used or too old, or initData is altered, too old, or of somebody who is not a member.',
  },
  'passkey-refused': {
    status: 403,
    retryable: false,
    when: 'A passkey is unknown, revoked or of a removed person, or what its authenticator answers does not fit: another challenge, site, signature or user, no check of the user, or a counter that did not grow.',
  },
  'not-invited': {
    status: 403,
    retryable: false,
    when: 'The bot acts for a Telegram account of nobody who was let in, or whose person was removed.',
  },
  'invitation-refused': {
    status: 403,
    retryable: false,
    when: 'An invitation is unknown, used up, expired or revoked.',
  },
  'telegram-link-refused': {
    status: 403,
    retryable: false,
    when: 'A link that connects a Telegram account is unknown, expired, or was opened by another account.',
  },
  'telegram-taken': {
    status: 409,
    retryable: false,
    when: 'The Telegram account belongs to another person, or to one who was removed after the link was made.',
  },
  'last-way-in': {
    status: 409,
    retryable: false,
    when: 'A person would disconnect the Telegram account or revoke the passkey without which they could not come in any more.',
  },
  'last-owner': {
    status: 409,
    retryable: false,
    when: 'The last owner besides the console would be removed or become a member, or the owner at the console.',
  },
} as const satisfies Record<string, ProblemDefinition>;
