import { PASSWORD_MARK } from '@linkcast/contracts';

/** An address with a password: what is before it, the password, what is behind it. */
const WITH_PASSWORD = /((?:http|socks5):\/\/[^\s:@/'"]*:)([^\s@/'"]+)(@[^\s/'"#]+)/gi;

/** Replaces the passwords in a text by marks. */
export function maskPasswords(text: string): string {
  return text.replaceAll(WITH_PASSWORD, `$1${PASSWORD_MARK}$3`);
}

/** Puts the passwords of the earlier text into the places of their marks. A mark at an address that is new stays. */
export function unmaskPasswords(text: string, earlier: string): string {
  const passwords = new Map(
    [...earlier.matchAll(WITH_PASSWORD)].map(([, before, password, behind]) => [`${before}${behind}`, password]),
  );
  return text.replaceAll(WITH_PASSWORD, (whole: string, before: string, password: string, behind: string) => {
    const known = password === PASSWORD_MARK ? passwords.get(`${before}${behind}`) : undefined;
    return known === undefined ? whole : `${before}${known}${behind}`;
  });
}
