import { z } from 'zod';

/** The languages in which Linkcast has texts; `@linkcast/texts` has them. */
export const languageCodes = ['en', 'es', 'ru'] as const;
export const LanguageCode = z.enum(languageCodes).meta({ id: 'LanguageCode' });
export type LanguageCode = z.infer<typeof LanguageCode>;
