import { z } from 'zod';

/** An outbound proxy, through which the egress proxy connects to the sources of a job. */
export const EgressUpstream = z.strictObject({
  kind: z.enum(['http', 'socks5']),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** Empty: it wants none. */
  username: z.string().max(255),
  password: z.string().max(255),
});
export type EgressUpstream = z.infer<typeof EgressUpstream>;

const KINDS: Readonly<Record<string, EgressUpstream['kind']>> = { 'http:': 'http', 'socks5:': 'socks5' };

/** Parses `http://user:password@host:port`, or the same with `socks5://`. @returns undefined for anything else. */
export function parseProxyAddress(text: string): EgressUpstream | undefined {
  const url = URL.parse(text);
  const kind = KINDS[url?.protocol ?? ''];
  const [, port] = /:(\d{1,5})\/?$/.exec(text) ?? []; // the URL parser drops port 80 of http
  if (!url || !kind || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  try {
    return EgressUpstream.safeParse({
      kind,
      host: url.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1'),
      port: Number(port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    }).data;
  } catch {
    return undefined; // a per cent sign without its digits
  }
}
