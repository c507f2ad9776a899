/** A reason for which the page cannot use passkeys: it is not at their address, or the browser has none. */
export type PasskeyObstacle = 'address' | 'browser';

/** The values of a browser that decide about passkeys; `window` has them. */
interface PasskeyPage {
  readonly location: Pick<Location, 'hostname'>;
  readonly isSecureContext: boolean;
  readonly PublicKeyCredential?: unknown;
}

/**
 * Finds out why passkeys cannot be used on this page; undefined: they can. They belong to one host name, and browsers have none
 * at IP addresses, nor over HTTP (`localhost` excepted).
 *
 * @param domain the host name of passkeys, as the server says.
 */
export function findPasskeyObstacle(domain: string, page: PasskeyPage = window): PasskeyObstacle | undefined {
  if (page.location.hostname !== domain || !page.isSecureContext) return 'address';
  return page.PublicKeyCredential === undefined ? 'browser' : undefined;
}
