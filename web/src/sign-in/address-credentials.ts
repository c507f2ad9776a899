import { paths, type SignIn } from '@linkcast/contracts';

/** Groups with hyphens between them, right or wrong: the `#content` of the link that skips to the content is none. */
const codeLike = /^[a-z0-9]+(?:-[a-z0-9]+)+$/i;

/**
 * What the address brings along to sign in with, in its fragment, which no server and no log ever sees: the code of a
 * sign-in link, or what Telegram tells its Mini App (`tgWebAppData`, with other fields behind it, on any page).
 */
export function readAddressCredentials({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): SignIn | undefined {
  const fragment = hash.replace(/^#/, '');
  const initData = new URLSearchParams(fragment).get('tgWebAppData');
  if (initData !== null && initData !== '') return { initData };
  return pathname === paths.signIn && codeLike.test(fragment) ? { code: fragment } : undefined;
}
