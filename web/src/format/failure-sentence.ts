import { ApiUnavailable, isProblem } from '@linkcast/contracts';
import { PasskeyPromptEnded } from '../passkeys/passkey-prompt.ts';
import type { SiteTexts } from '../language/site-texts.ts';

/** Renders a thrown value in the reader's language. */
export type SentenceOf = (error: unknown) => string;

/** Returns the sentence for a thrown value. Anything but a problem or an unreachable server is a bug, and is reported to the console. */
export function failureSentence(error: unknown, { site, problems }: Pick<SiteTexts, 'site' | 'problems'>): string {
  if (isProblem(error)) return problems[error.code].sentence(error.facts);
  if (error instanceof ApiUnavailable) return site.errors.unavailable;
  if (error instanceof PasskeyPromptEnded) return site.passkeys.prompt[error.reason];
  reportError(error);
  return site.errors.unexpected;
}
