export interface SiteAddress {
  readonly SITE_URL?: string | undefined;
  readonly DOMAIN_NAME?: string | undefined;
  readonly HTTP_PORT: number;
}

/**
 * The public root of the site as people reach it, without a slash at its end: SITE_URL, or else `https://DOMAIN_NAME`, or
 * else this machine. `ops/setting.sh` and docker-compose.yml follow the same rule; a test of ops compares the three.
 */
export function siteUrl({ SITE_URL, DOMAIN_NAME, HTTP_PORT }: SiteAddress): string {
  if (SITE_URL !== undefined) return SITE_URL.replace(/\/+$/, '');
  return DOMAIN_NAME === undefined ? `http://localhost:${HTTP_PORT}` : `https://${DOMAIN_NAME}`;
}
