/** Letters and digits make words; everything else separates them. */
const WORD = /[\p{L}\p{N}\p{Co}]+/gu;
const MAX_WORD_CHARACTERS = 100;

/** The words of a text without case and accents, each cut at 100 characters. */
export function searchWords(text: string): string[] {
  const plain = text.toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return (plain.match(WORD) ?? []).map((word) => Array.from(word).slice(0, MAX_WORD_CHARACTERS).join(''));
}

/** The words of an item, each after one space: `LIKE '% word%'` finds those that begin so. */
export function searchText(title: string, uploader: string | null): string {
  return searchWords(`${title} ${uploader ?? ''}`)
    .map((word) => ` ${word}`)
    .join('');
}
