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

/** `https://media.example.org`, with a port when it is another one than 443. */
export const ORIGIN_PATTERN =
  /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])(?::\d{1,5})?$/;

const directory = () =>
  z.string().regex(/^(?:\/[A-Za-z0-9._@+, =~-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + , = ~ -');
const portNumber = () => z.number().int().min(1).max(65_535);
const ipAddress = () => z.string().refine((text) => isIP(text) !== 0, 'must be an IP address');

/** The word of a name in a local network: `nas`, `server.lan`. */
const HOME_NAME_PATTERN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Is it an address or a name that a machine at home may have? */
export const isHomeName = (text: string): boolean => isIP(text) !== 0 || HOME_NAME_PATTERN.test(text);

/**
 * Everything that the configuration text depends on. nginx-conf writes values as they come, so each of them is held
 * to a pattern here: a value that could end a directive never reaches it.
 */
export const EdgeSettings = z.strictObject({
  httpPort: portNumber(),
  httpsPort: portNumber(),
  listenAddresses: z.array(ipAddress()).min(1),
  /** Absent: the site answers at home only. */
  domainName: domainName().optional(),
  /** Names and addresses, besides localhost, that the site answers to at home. */
  homeNames: z.array(z.string().refine(isHomeName, 'must be a name or an address')),
  /** Where the site is for the world: scheme, name and, unless it is 443, the port. */
  publicOrigin: z.string().regex(ORIGIN_PATTERN).optional(),
  /** `public`: everybody may watch. */
  access: z.enum(['private', 'public']),
  /** For how many seconds more a good verdict lets somebody in while yt-app does not answer; for tests. */
  staleVerdictSeconds: z.number().int().min(1).max(47).optional(),
  siteDirectory: directory(),
  mediaDirectory: directory(),
  /** Where nginx keeps its certificates and temporary files. */
  stateDirectory: directory(),
  /**
   * Where verdicts and the socket for them lie: in memory, because the names of verdicts hold session tokens. So do the
   * configuration in use and the pid, which a full disk would not take.
   */
  verdictDirectory: directory(),
  /** Where certbot puts its answers to challenges, in `webroot`. */
  certificateDirectory: directory(),
  /** The certificate for the domain and its key, in one file. Absent: the self-signed one has to do. */
  certificateFile: directory().optional(),
  ytAppUrl: httpUrl(),
  icecastUrl: httpUrl(),
  /** nginx's own key, for the access check. */
  serviceKey: bearerKey(),
  /** What the self-check answers; no key, and not made from one. */
  installationMark: installationMark(),
  /** DNS servers for upstreams that are named; nginx asks them again, so a part may come back with another address. */
  nameServers: z.array(ipAddress()),
  features: z.strictObject({ http2Directive: z.boolean(), http3: z.boolean(), hybridKeyExchange: z.boolean() }),
  /** `user` of the worker processes; only for a master that runs as root. */
  workerUser: z.enum(['www-data', 'root']).optional(),
  /** Loopback UDP port that takes the access log, as syslog. */
  accessLogPort: portNumber(),
});
export type EdgeSettings = z.infer<typeof EdgeSettings>;

/** Where the site is for the world; only for settings with a domain. */
export function publicOriginOf({ publicOrigin, domainName }: EdgeSettings): URL {
  return new URL(publicOrigin ?? `https://${domainName ?? 'localhost'}`);
}
