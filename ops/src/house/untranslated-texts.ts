type Catalogue = Readonly<Record<string, unknown>>;

/** Texts that are the same in several languages: names, formats and words that a language has borrowed. */
export interface Comparison {
  readonly english: Catalogue;
  readonly translated: Catalogue;
  /** Paths of texts, such as `bot.name`, that may be the same. */
  readonly sameOnPurpose: ReadonlySet<string>;
}

/** A word of at least four letters: shorter ones are units and abbreviations. */
const WORD = /\p{L}{4}/u;

/**
 * Finds the texts of a catalogue that are still those of the English one. Types already find a missing text; this finds one
 * that was copied. A text with facts is a function: two are the same when their sources are.
 */
export function findUntranslated({ english, translated, sameOnPurpose }: Comparison, prefix = ''): string[] {
  return Object.entries(english).flatMap(([name, text]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const other = translated[name];
    if (isCatalogue(text) && isCatalogue(other))
      return findUntranslated({ english: text, translated: other, sameOnPurpose }, path);
    const isSame = wordsOf(text) !== '' && wordsOf(text) === wordsOf(other);
    return isSame && !sameOnPurpose.has(path) ? [path] : [];
  });
}

function isCatalogue(value: unknown): value is Catalogue {
  return typeof value === 'object' && value !== null;
}

/** The words of a text that readers see; of a function, the literals in its source. */
function wordsOf(text: unknown): string {
  if (typeof text === 'string') return WORD.test(text) ? text : '';
  if (typeof text !== 'function') return '';
  const literals = String(text).match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  const words = literals.map((literal) => literal.replaceAll(/\$\{[^}]*\}/g, '')).join(' ');
  return WORD.test(words) ? words : '';
}
