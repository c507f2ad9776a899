import type { TitleFilter } from '@linkcast/contracts';

/** Reports whether a title is wanted. A video without a title has none of the words. */
export function isTitleWanted(title: string | null, { include, exclude }: TitleFilter): boolean {
  const folded = fold(title ?? '');
  const has = (word: string): boolean => folded.includes(fold(word));
  return (include.length === 0 || include.some(has)) && !exclude.some(has);
}

/** A text without case and accents. */
function fold(text: string): string {
  return text.toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
