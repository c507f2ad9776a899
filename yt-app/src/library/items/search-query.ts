const MAX_WORDS = 10;

/**
 * Turns typed text into a full-text query: every word must begin a word of the title or the uploader. Everything but
 * letters and digits separates words, so typed text is never an operator.
 *
 * @returns undefined when there is no word in it.
 */
export function searchQuery(typed: string): string | undefined {
  const words = typed.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
  if (words.length === 0) return undefined;
  return words
    .slice(0, MAX_WORDS)
    .map((word) => `"${word}"*`)
    .join(' ');
}
