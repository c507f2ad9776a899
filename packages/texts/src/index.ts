export * from './formats.ts';
export * from './language.ts';
export * from './message.ts';
export * from './problem-words.ts';
export * from './texts-of.ts';
/** The English texts, until each reader is asked for a language; {@link textsOf} is what remains. */
export * as texts from './default.ts';
