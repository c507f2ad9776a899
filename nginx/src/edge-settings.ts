import { isIP } from 'node:net';
import { z } from 'zod';

/** A host name: labels of letters, digits and hyphens, at least two of them. */
export const NAME_PATTERN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
/** What a bearer token may hold (RFC 6750, section 2.1). */
export const TOKEN_PATTERN = /^[A-Za-z0-9._~+/=-]{16,512}$/;

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

const directory = () =>
  z.string().regex(/^(?:\/[A-Za-z0-9._@+, =~-]+)+$/, 'must be an absolute path of letters, digits and . _ @ + , = ~ -');
const portNumber = () => z.number().int().min(1).max(65_535);
const ipAddress = () => z.string().refine((text) => isIP(text) !== 0, 'must be an IP address');

/**
 * Everything that the configuration text depends on. nginx-conf writes values as they come, so each of them is held
 * to a pattern here: a value that could end a directive never reaches it.
 */
export const EdgeSettings = z.strictObject({
  httpPort: portNumber(),
  httpsPort: portNumber(),
  listenAddresses: z.array(ipAddress()).min(1),
  /** Absent: the site is open, on localhost only. Present: watching is open to everyone. */
  domainName: z.string().regex(NAME_PATTERN).optional(),
  siteDirectory: directory(),
  mediaDirectory: directory(),
  /** Where nginx keeps its pid, certificate and temporary files. */
  stateDirectory: directory(),
  ytAppUrl: httpUrl(),
  icecastUrl: httpUrl(),
  apiToken: z.string().regex(TOKEN_PATTERN),
  /** DNS servers for upstreams that are named; nginx asks them again, so a part may come back with another address. */
  nameServers: z.array(ipAddress()),
  /** Does this nginx know `http2 on` (1.25.1)? Older ones take it as a word of `listen`. */
  hasHttp2Directive: z.boolean(),
  /** `user` of the worker processes; only for a master that runs as root. */
  workerUser: z.enum(['www-data', 'root']).optional(),
  /** Loopback UDP port that takes the access log, as syslog. */
  accessLogPort: portNumber(),
});
export type EdgeSettings = z.infer<typeof EdgeSettings>;
