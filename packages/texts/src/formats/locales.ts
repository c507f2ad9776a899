import type { Language } from '../language.ts';

/** Locale of numbers and dates; its time of day has 24 hours. */
export const LOCALES = { en: 'en-GB', es: 'es-ES', ru: 'ru-RU' } as const satisfies Record<Language, string>;
