import { message, worded } from '@linkcast/texts';
import type { Resolver } from 'node:dns/promises';
import { shortestAddress } from '../address/addresses.ts';
import { abortable } from '../time/abortable.ts';
import { createResolver } from './resolver.ts';
import type { ServedRecords } from './served-records.ts';
import { zoneCandidates } from './zone-candidates.ts';

/** No server answered; the message is a sentence. */
export class NameServersSilent extends Error {
  override readonly name = 'NameServersSilent';
}

export interface NameServersOptions {
  /** Creates a resolver for one query: resolvers keep answers. */
  readonly createResolver: () => Resolver;
  /** Port of the name's own servers. Default 53; another one is for tests. */
  readonly port?: number;
}

/** Queries the authoritative servers of a name's zone, past every cache. Members throw {@link NameServersSilent}. */
export interface NameServers {
  addresses(name: string): Promise<ServedRecords>;
  /** TXT values at a name, for each server that answers. */
  texts(name: string): Promise<readonly (readonly string[])[]>;
}

const MAX_SERVERS = 4;
/** "There is no such record" is an answer; everything else is a failure. */
const NO_RECORD_CODES: readonly unknown[] = ['ENODATA', 'ENOTFOUND'];

export function createNameServers({ createResolver: newResolver, port = 53 }: NameServersOptions): NameServers {
  /** Queries all own servers at once and omits those that fail; the resolvers when none is left. */
  const queryAll = async <T>(name: string, query: (resolver: Resolver) => Promise<T>) => {
    const own = await findOwnServers(name, newResolver);
    const results = await Promise.allSettled(own.map((server) => query(createResolver([hostPort(server, port)]))));
    const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    if (answers.length > 0) return { answers, from: 'own-servers' as const };
    const answer = await query(newResolver()).catch((error: unknown) => {
      throw new NameServersSilent(worded(message('name-servers-silent', { name })).sentence, { cause: error });
    });
    return { answers: [answer], from: 'resolvers' as const };
  };

  return {
    addresses: async (name) => {
      const { answers, from } = await queryAll(name, (resolver) => queryAddressRecords(resolver, name));
      return { servers: answers, alias: answers.find(({ alias }) => alias !== undefined)?.alias, from };
    },
    texts: async (name) => (await queryAll(name, (resolver) => queryTexts(resolver, name))).answers,
  };
}

/** Queries the addresses of a name; undefined when no server answers, or the signal is aborted before one does. */
export async function queryAddresses(
  servers: NameServers,
  name: string,
  signal: AbortSignal,
): Promise<ServedRecords | undefined> {
  try {
    return await abortable(servers.addresses(name), signal);
  } catch (error) {
    if (error instanceof NameServersSilent || signal.aborted) return undefined;
    throw error;
  }
}

/** Finds the addresses of a name's authoritative servers; none when no resolver answers. */
async function findOwnServers(name: string, newResolver: () => Resolver): Promise<string[]> {
  for (const zone of zoneCandidates(name)) {
    const servers = await orNone(newResolver().resolveNs(zone)).catch(() => undefined); // no resolver answers
    if (servers === undefined) return [];
    if (servers.length === 0) continue;
    const first = servers.toSorted().slice(0, MAX_SERVERS);
    const addresses = await Promise.all(first.map((server) => findServerAddress(server, newResolver)));
    return [...new Set(addresses.filter((address) => address !== undefined))];
  }
  return [];
}

async function findServerAddress(server: string, newResolver: () => Resolver): Promise<string | undefined> {
  const ipv4 = await orNone(newResolver().resolve4(server)).catch(() => []); // the other servers may have an address
  if (ipv4[0] !== undefined) return ipv4[0];
  return (await orNone(newResolver().resolve6(server)).catch(() => []))[0];
}

function hostPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

async function queryAddressRecords(resolver: Resolver, name: string) {
  const [ipv4, ipv6, aliases] = await Promise.all([
    orNone(resolver.resolve4(name)),
    orNone(resolver.resolve6(name)),
    orNone(resolver.resolveCname(name)),
  ]);
  return { ipv4: ipv4.toSorted(), ipv6: ipv6.map(shortestAddress).toSorted(), alias: aliases[0] };
}

async function queryTexts(resolver: Resolver, name: string): Promise<string[]> {
  return (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join(''));
}

async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_RECORD_CODES.includes(error.code)) return [];
    throw error;
  }
}
