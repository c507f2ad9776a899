import { en } from './en/index.ts';

/** The texts that people read, in the language of the installation (English now). */
export const texts = en;
