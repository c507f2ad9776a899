/** The texts that people read, in the language of the installation (English now). */
export * as texts from './en/index.ts';
