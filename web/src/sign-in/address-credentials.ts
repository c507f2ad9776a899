import { paths, type SignIn } from '@linkcast/contracts';

/** Groups with hyphens between them, valid or not. `#content`, the target of the skip link, does not match. */
const codeLike = /^[a-z0-9]+(?:-[a-z0-9]+)+$/i;

/**
 * Reads the credentials in the fragment of an address: the code of a sign-in link, or the data that Telegram appends
 * to the address of a Mini App (`tgWebAppData`, on any page). Browsers send no fragment to a server.
 */
export function readAddressCredentials({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): SignIn | undefined {
  const fragment = hash.replace(/^#/, '');
  const initData = new URLSearchParams(fragment).get('tgWebAppData');
  if (initData !== null && initData !== '') return { initData };
  return pathname === paths.signIn && codeLike.test(fragment) ? { code: fragment } : undefined;
}
