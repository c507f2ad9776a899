/** Texts that are the same in every language, by their path in the catalogue. */
export const sameInLanguages: ReadonlySet<string> = new Set(['bot.name']);
