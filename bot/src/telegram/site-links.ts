import { isIP } from 'node:net';

/** Makes absolute addresses from the API's paths. */
export interface SiteLinks {
  absolute(path: string): string;
  /**
   * True when buttons may have the addresses. Telegram refuses a message whose button leads to a host without a dot, such
   * as localhost, and a button to a private address would not work elsewhere.
   */
  readonly fitButtons: boolean;
  /** True when the addresses open only on the machine that the site runs on. */
  readonly openOnlyHere: boolean;
}

/** @param siteUrl public root of the site, without a slash at the end */
export function createSiteLinks(siteUrl: string): SiteLinks {
  const { protocol, hostname } = new URL(siteUrl);
  const isName = hostname.includes('.') && !hostname.startsWith('[') && isIP(hostname) === 0;
  return {
    absolute: (path) => `${siteUrl}${path}`,
    fitButtons: protocol === 'https:' && isName,
    openOnlyHere: hostname === 'localhost',
  };
}
