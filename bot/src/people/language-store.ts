import type { Database } from '@linkcast/kit';
import { chooseLanguage, languages, textsOf, type Language, type Texts } from '@linkcast/texts';
import { z } from 'zod';

/** The two sources of a person's language in the database; null where they have none. */
const Row = z.object({
  language: z.enum(languages).nullable().catch(null), // a language that this version does not have
  language_code: z.string().nullable(),
});
const Unsent = z.object({ user_id: z.number(), language: z.enum(languages) });

/** A language that a person has chosen and yt-app does not have yet. */
export interface UnsentLanguage {
  readonly userId: number;
  readonly language: Language;
}

/** Returns all texts in the language of a person, by Telegram id. */
export type TextsFor = (userId: number) => Texts;

/**
 * The language of each person, in the database: their own choice, which yt-app has for all devices, else that of their Telegram,
 * else the installation's.
 *
 * @param fallback the installation's `LANGUAGE`
 */
export function createLanguageStore(database: Database, fallback: Language) {
  const sourcesOf = (userId: number): z.infer<typeof Row> | undefined =>
    Row.optional().parse(database.prepare('SELECT language, language_code FROM people WHERE user_id = ?').get(userId));
  const languageOf = (userId: number): Language => {
    const { language = null, language_code: code = null } = sourcesOf(userId) ?? {};
    return language ?? chooseLanguage([code ?? ''], fallback);
  };

  return {
    languageOf,
    /** The language that a person has chosen; undefined: none. */
    chosenLanguageOf: (userId: number): Language | undefined => sourcesOf(userId)?.language ?? undefined,
    textsFor: ((userId) => textsOf(languageOf(userId))) satisfies TextsFor,
    /** All texts in the language of a stranger, of whom nothing is stored. */
    textsForStranger: (languageCode: string | undefined): Texts =>
      textsOf(chooseLanguage([languageCode ?? ''], fallback)),
    /** Stores the `language_code` of a person's update. An update without one changes nothing. */
    setLanguageCode(userId: number, languageCode: string | undefined): void {
      if (languageCode === undefined) return;
      database
        .prepare(
          `INSERT INTO people (user_id, language_code) VALUES (?, ?)
           ON CONFLICT DO UPDATE SET language_code = excluded.language_code
           WHERE language_code IS NOT excluded.language_code`,
        )
        .run(userId, languageCode);
    },
    /** Stores the language that a person has chosen, to be sent to yt-app. */
    choose: (userId: number, language: Language): void =>
      void database
        .prepare(
          `INSERT INTO people (user_id, language, is_language_unsent) VALUES (?, ?, 1)
           ON CONFLICT DO UPDATE SET language = excluded.language, is_language_unsent = 1`,
        )
        .run(userId, language),
    /** The choices that have to be sent. */
    unsent: (): UnsentLanguage[] =>
      database
        .prepare('SELECT user_id, language FROM people WHERE is_language_unsent = 1 ORDER BY user_id')
        .all()
        .flatMap((row) => Unsent.safeParse(row).data ?? [])
        .map(({ user_id: userId, language }) => ({ userId, language })),
    /** Records that a choice needs no sending, unless another one was made since. */
    markSent: ({ userId, language }: UnsentLanguage): void =>
      void database
        .prepare('UPDATE people SET is_language_unsent = 0 WHERE user_id = ? AND language = ?')
        .run(userId, language),
  };
}

export type LanguageStore = ReturnType<typeof createLanguageStore>;
