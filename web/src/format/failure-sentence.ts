import { ApiUnavailable, isProblem } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';

/** One sentence for whatever was thrown. What is neither a problem nor a silent server is a bug, and reaches the console. */
export function failureSentence(error: unknown): string {
  if (isProblem(error)) return texts.problems[error.code].sentence(error.facts);
  if (error instanceof ApiUnavailable) return texts.site.errors.unavailable;
  reportError(error);
  return texts.site.errors.unexpected;
}
