import { INVITATION_CODE } from '@linkcast/contracts';

/** Reads the code of an invitation in the fragment of an address. Browsers send no fragment to a server. */
export function readInvitationCode({ hash }: Pick<Location, 'hash'>): string | undefined {
  const fragment = hash.replace(/^#/, '');
  return INVITATION_CODE.test(fragment) ? fragment : undefined;
}

/** Removes the code from the address and from the history of the browser. */
export function forgetInvitationCode(): void {
  history.replaceState(null, '', location.pathname + location.search);
}
