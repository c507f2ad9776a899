const MAX_CHARACTERS = 100;

/** A title as it sorts: without case, accents and runs of white space; at most 100 characters. */
export function titleKey(title: string): string {
  const plain = title
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .toLowerCase()
    .trim();
  return Array.from(plain).slice(0, MAX_CHARACTERS).join('');
}
