/**
 * Takes out of a text what gives access: queries, and the token after `/s/`, however it is written. nginx quotes whole
 * request lines and referrers in its error log.
 */
export function maskTokens(text: string): string {
  return text.replaceAll(/\?[^\s"]*/g, '?…').replaceAll(/((?:\/|%2f)+(?:s|%73)(?:\/|%2f)+)[^\s"/?]+/gi, '$1…');
}
