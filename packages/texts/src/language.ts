import { languageCodes, type LanguageCode } from '@linkcast/contracts';

/** The languages of Linkcast. A new one is a folder beside `en`; docs/translating.md lists the steps. */
export const languages = languageCodes;
export type Language = LanguageCode;

/** The name of each language in itself, for a list to choose from. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', ru: 'Русский' };

/** More tags than this in one list are ignored, so that a hostile header costs nothing. */
const MAX_TAGS = 20;
/** Longer headers are ignored as a whole. */
const MAX_HEADER_LENGTH = 500;

/**
 * Chooses the first of the reader's languages that Linkcast has.
 *
 * @param tags BCP 47 tags, the preferred one first: Telegram's `language_code`, `navigator.languages`. `es-419` counts as `es`.
 * @param fallback the language when none of them fits: the installation's `LANGUAGE`
 */
export function chooseLanguage(tags: readonly string[], fallback: Language): Language {
  for (const tag of tags.slice(0, MAX_TAGS)) {
    const primary = tag.trim().toLowerCase().split(/[-_]/, 1)[0];
    const language = languages.find((candidate) => candidate === primary);
    if (language !== undefined) return language;
  }
  return fallback;
}

/**
 * Chooses the language of an installation from its `LANGUAGE`. Desktop systems set that variable too, to a list of gettext
 * such as `de_DE:en`: the first language of it that Linkcast has counts, else English.
 */
export function installationLanguage(setting: string): Language {
  return chooseLanguage(setting.split(':'), 'en');
}

/**
 * Parses an `Accept-Language` header (RFC 9110, 12.5.4) to tags for {@link chooseLanguage}, the preferred one first.
 * Members of weight 0 are not acceptable and left out; `*` and malformed members are ignored.
 */
export function parseAcceptLanguage(header: string | undefined): string[] {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return [];
  return header
    .split(',', MAX_TAGS)
    .flatMap(parseMember)
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight) // stable: equal weights keep their order
    .map(({ tag }) => tag);
}

const MEMBER = /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

function parseMember(member: string): { tag: string; weight: number }[] {
  const [, tag, weight] = MEMBER.exec(member) ?? [];
  return tag === undefined ? [] : [{ tag, weight: Number(weight ?? 1) }];
}
