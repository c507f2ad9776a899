import { readEgressTicket, type ReadTicket } from '@linkcast/kit';

/** Reads the ticket from a header with Basic credentials (RFC 7617); undefined: no valid one. */
export type ReadCredentials = (header: string | undefined) => ReadTicket | undefined;

export function createCredentialReader(key: string): ReadCredentials {
  return (header) => {
    const [, base64] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header ?? '') ?? [];
    if (base64 === undefined) return undefined;
    const [username = '', password = ''] = Buffer.from(base64, 'base64').toString('latin1').split(':', 2);
    return readEgressTicket(key, username, password, Date.now());
  };
}
