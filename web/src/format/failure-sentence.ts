import { ApiUnavailable, isProblem } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';

/** Returns the sentence for a thrown value. Anything but a problem or an unreachable server is a bug, and is reported to the console. */
export function failureSentence(error: unknown): string {
  if (isProblem(error)) return texts.problems[error.code].sentence(error.facts);
  if (error instanceof ApiUnavailable) return texts.site.errors.unavailable;
  reportError(error);
  return texts.site.errors.unexpected;
}
