import { isIP } from 'node:net';

/** Makes addresses for people out of the API's paths. */
export interface SiteLinks {
  absolute(path: string): string;
  /**
   * May the addresses stand behind buttons? Telegram refuses a message whose button leads to a host without a dot, such
   * as localhost; and a button to a private address would work for nobody else.
   */
  readonly fitButtons: boolean;
  /** Do the addresses lead to the site on the machine that it runs on only? */
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
