import { texts } from '@linkcast/contracts';
import { Resolver } from 'node:dns/promises';
import { abortable } from './abortable.ts';
import { normalAddress } from './global-address.ts';
import { zoneCandidates } from './providers/record-keeper.ts';

/** What one server answers. */
export interface ServerAnswer {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** What the name leads to. */
export interface Served {
  /** One answer a server, at least one. */
  readonly servers: readonly ServerAnswer[];
  /** Target of the CNAME at the name. */
  readonly alias: string | undefined;
  /** `resolvers`: none of the name's own servers can be reached, so the answer may be some minutes old. */
  readonly from: 'own-servers' | 'resolvers';
}

/** No server answered; the message is a sentence. */
export class NameServersSilent extends Error {
  override readonly name = 'NameServersSilent';
}

export interface NameServersOptions {
  /** New for each look-up: resolvers keep answers. */
  readonly newResolver: () => Resolver;
  /** Port of the name's own servers. Default 53; another one is for tests. */
  readonly port?: number;
}

/** Asks the servers that a name's zone lies on, past every cache. Members throw {@link NameServersSilent}. */
export interface NameServers {
  addresses(name: string): Promise<Served>;
  /** TXT values at a name, for each server that answers. */
  texts(name: string): Promise<readonly (readonly string[])[]>;
}

const MAX_SERVERS = 4;
const TIMEOUT_MS = 2500;
const TRIES = 2;
/** "There is no such record" is an answer; everything else is a failure. */
const NO_RECORD_CODES: readonly unknown[] = ['ENODATA', 'ENOTFOUND'];

/** @param servers `address` or `address:port`; none: those of the system. */
export function newResolver(servers: readonly string[] = []): Resolver {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

export function createNameServers({ newResolver: resolve, port = 53 }: NameServersOptions): NameServers {
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
    const settled = await Promise.allSettled(own.map((address) => ask(newResolver([address]))));
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
export async function lookUp(servers: NameServers, name: string, signal: AbortSignal): Promise<Served | undefined> {
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
