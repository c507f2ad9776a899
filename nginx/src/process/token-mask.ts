/**
 * Masks what gives access in a log line: queries, and the token after `/s/`, percent-encoded or not. nginx quotes request
 * lines and referrers in its error log.
 */
export function maskTokens(text: string): string {
  return text.replaceAll(/\?[^\s"]*/g, '?…').replaceAll(/((?:\/|%2f)+(?:s|%73)(?:\/|%2f)+)[^\s"/?]+/gi, '$1…');
}
