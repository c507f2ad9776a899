import { siteUrl, type SiteAddress } from '@linkcast/contracts';

/** The site as WebAuthn sees it. */
export interface RelyingParty {
  /** The host name to which passkeys belong. A browser offers them to its pages only. */
  readonly id: string;
  /** The origins of the site's own pages; other ports of the host may be pages of somebody else. */
  readonly origins: readonly string[];
}

/** The settings that decide about the relying party. */
export interface RelyingPartySettings extends SiteAddress {
  readonly HTTPS_PORT: number;
}

/**
 * Passkeys belong to DOMAIN_NAME, or without one to `localhost`. They need a name: WebAuthn refuses IP addresses, and over HTTP
 * every name but `localhost`.
 */
export function relyingPartyOf(settings: RelyingPartySettings): RelyingParty {
  const { DOMAIN_NAME, HTTP_PORT, HTTPS_PORT } = settings;
  const id = DOMAIN_NAME ?? 'localhost';
  const urls = [siteUrl(settings), `https://${id}`, `https://${id}:${HTTPS_PORT}`];
  if (DOMAIN_NAME === undefined) urls.push(`http://${id}:${HTTP_PORT}`);
  const origins = urls.filter((url) => URL.canParse(url) && new URL(url).hostname === id);
  return { id, origins: [...new Set(origins.map((url) => new URL(url).origin))] };
}
