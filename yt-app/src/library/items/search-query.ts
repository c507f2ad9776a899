const MAX_WORDS = 10;

/**
 * What a person typed, as a full-text query: every word must begin a word of the title or the uploader. Everything
 * that is not a letter or a digit parts words, so nothing typed can be an operator.
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
