import type { Message, NameStatus } from '@linkcast/contracts';
import { message } from '@linkcast/texts';

const MAX_CHARACTERS = 500;

/** A message with the error behind it. */
export function withCause(reported: Message, error: NameStatus['lastError']): Message {
  if (!error) return reported;
  const { code, facts } =
    error.message ?? message('reported-error', { sentence: error.sentence.slice(0, MAX_CHARACTERS) });
  return { ...reported, cause: { code, facts } };
}
