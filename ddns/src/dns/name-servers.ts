import { texts } from '@linkcast/texts';
import type { Resolver } from 'node:dns/promises';
import { normalAddress } from '../address/address-classifier.ts';
import { abortable } from '../time/abortable.ts';
import { createResolver } from './resolver.ts';
import type { ServedRecords } from './served-records.ts';
import { zoneCandidates } from './zone-candidates.ts';

/** No server answered; the message is a sentence. */
export class NameServersSilent extends Error {
  override readonly name = 'NameServersSilent';
}

export interface NameServersOptions {
  /** New for each look-up: resolvers keep answers. */
  readonly createResolver: () => Resolver;
  /** Port of the name's own servers. Default 53; another one is for tests. */
  readonly port?: number;
}

/** Asks the servers that a name's zone lies on, past every cache. Members throw {@link NameServersSilent}. */
export interface NameServers {
  addresses(name: string): Promise<ServedRecords>;
  /** TXT values at a name, for each server that answers. */
  texts(name: string): Promise<readonly (readonly string[])[]>;
}

const MAX_SERVERS = 4;
/** "There is no such record" is an answer; everything else is a failure. */
const NO_RECORD_CODES: readonly unknown[] = ['ENODATA', 'ENOTFOUND'];

export function createNameServers({ createResolver: resolve, port = 53 }: NameServersOptions): NameServers {
  const addressOf = async (server: string): Promise<string | undefined> => {
    const ipv4 = await orNothing(resolve().resolve4(server)).catch(() => []); // its sisters may answer
    if (ipv4[0] !== undefined) return `${ipv4[0]}:${port}`;
    const ipv6 = await orNothing(resolve().resolve6(server)).catch(() => []);
    return ipv6[0] === undefined ? undefined : `[${ipv6[0]}]:${port}`;
  };
  const findOwn = async (name: string): Promise<string[]> => {
    for (const zone of zoneCandidates(name)) {
      const servers = await orNothing(resolve().resolveNs(zone)).catch(() => undefined); // no resolver answers
      if (servers === undefined) return [];
      if (servers.length === 0) continue;
      const addresses = await Promise.all(servers.toSorted().slice(0, MAX_SERVERS).map(addressOf));
      return [...new Set(addresses.filter((address) => address !== undefined))];
    }
    return [];
  };
  /** All own servers at once, those that fail left out; the resolvers when none is left. */
  const askAll = async <T>(name: string, ask: (resolver: Resolver) => Promise<T>) => {
    const own = await findOwn(name);
    const settled = await Promise.allSettled(own.map((address) => ask(createResolver([address]))));
    const answers = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    if (answers.length > 0) return { answers, from: 'own-servers' as const };
    const answer = await ask(resolve()).catch((error: unknown) => {
      throw new NameServersSilent(texts.dnsName.serversSilent(name), { cause: error });
    });
    return { answers: [answer], from: 'resolvers' as const };
  };

  return {
    addresses: async (name) => {
      const { answers, from } = await askAll(name, (resolver) => askAddresses(resolver, name));
      return { servers: answers, alias: answers.find(({ alias }) => alias !== undefined)?.alias, from };
    },
    texts: async (name) => {
      const ask = async (resolver: Resolver) =>
        (await orNothing(resolver.resolveTxt(name))).map((parts) => parts.join(''));
      return (await askAll(name, ask)).answers;
    },
  };
}

/** What a name leads to; undefined when no server answers, or the signal is aborted before one does. */
export async function lookUp(
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

async function askAddresses(resolver: Resolver, name: string) {
  const [ipv4, ipv6, aliases] = await Promise.all([
    orNothing(resolver.resolve4(name)),
    orNothing(resolver.resolve6(name)),
    orNothing(resolver.resolveCname(name)),
  ]);
  return { ipv4: ipv4.toSorted(), ipv6: ipv6.map(normalAddress).toSorted(), alias: aliases[0] };
}

async function orNothing<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_RECORD_CODES.includes(error.code)) return [];
    throw error;
  }
}
