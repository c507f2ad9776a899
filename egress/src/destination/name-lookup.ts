import { lookup as lookUpInSystem, Resolver } from 'node:dns/promises';
import { findInHostsFile } from './hosts-file.ts';

/** Gives all addresses of a name, none when there is none. Rejects when the name servers do not answer. */
export type NameLookup = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface NameLookupOptions {
  /** `address` or `address:port`. Default: those of /etc/resolv.conf, which is read for each lookup. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
}

const TRY_MS = 2000;
const TRIES = 2;
/** "There is no such record" is an answer; everything else is a failure. */
const NO_RECORD: readonly unknown[] = ['ENODATA', 'ENOTFOUND'];

/**
 * Resolves names by /etc/hosts, then DNS, without `getaddrinfo`: that takes one of libuv's four threads until it has an
 * answer, so that four names of a silent server would stop all file access and every other lookup of the process.
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

/** IPv4 first: many a line has IPv6 addresses and no route. */
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
 * For names that the owner listed: what DNS does not have may be known to the system, by mDNS or a search domain. One name
 * at a time, so that at most one of libuv's threads waits.
 */
export function createListedNameLookup(lookup: NameLookup): NameLookup {
  let turn: Promise<unknown> = Promise.resolve();
  const askSystem = async (hostname: string): Promise<string[]> =>
    (await lookUpInSystem(hostname, { all: true })).map(({ address }) => address);

  return async (hostname, signal) => {
    const addresses = await lookup(hostname, signal);
    if (addresses.length > 0) return addresses;
    const answer = turn.then(() => (signal.aborted ? [] : askSystem(hostname)));
    turn = answer.catch(() => undefined); // the next one may be known
    return answer.catch(() => []); // the system does not know it either
  };
}
