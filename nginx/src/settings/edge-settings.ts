import { bearerKey, domainName, installationMark } from '@linkcast/kit';
import { isIP } from 'node:net';
import { z } from 'zod';

const UPSTREAM_PATTERN = /^http:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;

/**
 * An upstream's origin, `http://host:port`, without a path. `localhost` becomes 127.0.0.1, because nginx asks DNS
 * servers only and never reads /etc/hosts.
 */
export const httpUrl = () =>
  z
    .string()
    .transform((url) => url.replace(/\/$/, '').replace(/^http:\/\/localhost(?=:|$)/i, 'http://127.0.0.1'))
    .pipe(z.string().regex(UPSTREAM_PATTERN, 'must be an address such as http://127.0.0.1:5000'));

/** `https://media.example.org`, with its port unless that is 443. */
export const ORIGIN_PATTERN =
  /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])(?::\d{1,5})?$/;

const directory = () =>
  z.string().regex(/^(?:\/[A-Za-z0-9._@+, =~-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + , = ~ -');
const portNumber = () => z.number().int().min(1).max(65_535);
const ipAddress = () => z.string().refine((text) => isIP(text) !== 0, 'must be an IP address');

/** Names in a local network: `nas`, `server.lan`. Lower case. */
const HOME_NAME_PATTERN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Tells whether the text is an IP address or a name that a machine of the local network may have. */
export const isHomeName = (text: string): boolean => isIP(text) !== 0 || HOME_NAME_PATTERN.test(text);

/**
 * Everything that the text of nginx.conf depends on. nginx-conf escapes nothing, so every value must match a pattern here:
 * a value that could end a directive never reaches it.
 */
export const EdgeSettings = z.strictObject({
  httpPort: portNumber(),
  httpsPort: portNumber(),
  listenAddresses: z.array(ipAddress()).min(1),
  /** Public name of the site. Absent: the site answers in the local network only. */
  domainName: domainName().optional(),
  /** Names and addresses, besides localhost, that the site has in the local network. */
  homeNames: z.array(z.string().refine(isHomeName, 'must be a name or an address')),
  /** Public origin of the site: scheme, name and, unless it is 443, the port. Absent: https and `domainName`. */
  publicOrigin: z.string().regex(ORIGIN_PATTERN).optional(),
  /** `private`: watching needs a session. `public`: it needs none. */
  access: z.enum(['private', 'public']),
  /** Seconds for which a stale positive access decision is used while yt-app does not answer; set by tests only. */
  staleDecisionSeconds: z.number().int().min(1).max(47).optional(),
  siteDirectory: directory(),
  mediaDirectory: directory(),
  /** Directory of nginx's certificates and temporary files. */
  stateDirectory: directory(),
  /**
   * Directory of the cached access decisions, the socket of the access check, the configuration in use and the pid file.
   * In memory, because the keys of cached decisions hold session tokens, and because nginx must start on a full disk.
   */
  runtimeDirectory: directory(),
  /** Directory of certbot's files: its answers to ACME challenges are in `webroot`. */
  certificateDirectory: directory(),
  /** The certificate for the domain and its key, in one file. Absent: the self-signed certificate is served. */
  certificateFile: directory().optional(),
  ytAppUrl: httpUrl(),
  icecastUrl: httpUrl(),
  /** nginx's own key, for the access check. */
  serviceKey: bearerKey(),
  /** The answer of the self-check. Not secret, and not derived from a key. */
  installationMark: installationMark(),
  /** DNS servers that resolve the names of upstreams at run time, so that a part may come back with another address. */
  nameServers: z.array(ipAddress()),
  features: z.strictObject({ http2Directive: z.boolean(), http3: z.boolean(), hybridKeyExchange: z.boolean() }),
  /** The `user` directive, for a master that runs as root. */
  workerUser: z.enum(['www-data', 'root']).optional(),
  /** Loopback UDP port that receives the access log as syslog. */
  accessLogPort: portNumber(),
});
export type EdgeSettings = z.infer<typeof EdgeSettings>;

/** The public origin of the site, for settings with a domain. */
export function publicOriginOf({ publicOrigin, domainName }: EdgeSettings): URL {
  return new URL(publicOrigin ?? `https://${domainName ?? 'localhost'}`);
}
