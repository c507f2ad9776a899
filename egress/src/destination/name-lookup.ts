import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { findInHostsFile } from './hosts-file.ts';

/** Gives all addresses of a name, or none. Rejects when the name servers do not answer. */
export type NameLookup = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface NameLookupOptions {
  /** `address` or `address:port`. Default: the servers in /etc/resolv.conf, read at each lookup. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
}

const TRY_MS = 2000;
const TRIES = 2;
/** "There is no such record" is an answer; everything else is a failure. */
const NO_RECORD: readonly unknown[] = ['ENODATA', 'ENOTFOUND'];

/**
 * Creates a lookup by /etc/hosts, then DNS, without `getaddrinfo`. That call occupies one of libuv's four threads until it is
 * answered: four names of a server without answers would stop all file access and all other lookups of the process.
 */
export function createNameLookup({ servers = [], hostsFile = '/etc/hosts' }: NameLookupOptions = {}): NameLookup {
  return async (hostname, signal) => {
    const listed = await findInHostsFile(hostsFile, hostname);
    if (listed.length > 0) return listed;
    signal.throwIfAborted();
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
    if (servers.length > 0) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await resolveBoth(resolver, hostname);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

/** Gives IPv4 addresses first: some lines have IPv6 addresses without a route. */
async function resolveBoth(resolver: Resolver, hostname: string): Promise<string[]> {
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses;
  for (const answer of answers) if (answer.status === 'rejected' && !isNoRecord(answer.reason)) throw answer.reason;
  return [];
}

function isNoRecord(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_RECORD.includes(error.code);
}

/**
 * Creates a lookup for names that the owner listed: those that DNS does not have may resolve in the system, by mDNS or a
 * search domain. One name at a time, so that one of libuv's threads waits at most.
 */
export function createListedNameLookup(lookup: NameLookup): NameLookup {
  let turn: Promise<unknown> = Promise.resolve();
  const resolveInSystem = async (hostname: string): Promise<string[]> =>
    (await systemLookup(hostname, { all: true })).map(({ address }) => address);

  return async (hostname, signal) => {
    const addresses = await lookup(hostname, signal);
    if (addresses.length > 0) return addresses;
    const answer = turn.then(() => (signal.aborted ? [] : resolveInSystem(hostname)));
    turn = answer.catch(() => undefined); // the next name does not depend on it
    return answer.catch(() => []); // the system has no address either
  };
}
