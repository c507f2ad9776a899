const MASK = '[redacted]';
/** Telegram bot tokens, in a URL or alone; bearer tokens; passwords in URLs. */
const SECRET_PATTERNS: readonly [RegExp, string][] = [
  [/\b(bot)?\d{6,}:[A-Za-z0-9_-]{30,}/g, MASK],
  [/\bbot\d+:[^/\s"\\]+/g, MASK],
  [/(bearer )[^\s"\\]+/gi, `$1${MASK}`],
  [/(:\/\/[^/\s:@"\\]*:)[^/\s@"\\]+@/g, `$1${MASK}@`],
];

/** Replaces secrets, by value and by pattern, in any text. */
export function createRedactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const values = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 6);
  const forms = [
    ...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])),
  ];
  return (text) => {
    let clean = text;
    for (const form of forms) clean = clean.replaceAll(form, MASK);
    for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replaceAll(pattern, replacement);
    return clean;
  };
}
