export * from './formats/formats.ts';
export * from './language.ts';
export * from './message.ts';
export * from './problem-words.ts';
export * from './request-fault.ts';
export * from './texts-of.ts';
export * from './tried-ways.ts';
