import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@linkcast/contracts';
import { canonicalHost, isPublicAddress, judgeDestination } from '@linkcast/kit';

/** Gives all addresses of a name; rejects when there is none. */
export type NameLookup = (hostname: string) => Promise<readonly string[]>;

const LOOKUP_MS = 10_000;

/** The resolver of the operating system: /etc/hosts, then DNS. */
export const lookupWithSystem: NameLookup = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);

/**
 * Resolves a host once and judges every address it has: one private address refuses the host, so mixing does not help
 * an attacker. Connect to what this gives and to nothing else: a second query could be answered differently (rebinding).
 *
 * @throws {Problem} `source-forbidden` with the host; `source-unreachable` when the name has no address.
 */
export async function resolveDestination(
  hostname: string,
  port: number,
  allowed: readonly string[],
  nameLookup: NameLookup,
): Promise<readonly string[]> {
  const verdict = judgeDestination(hostname, port, allowed);
  if (verdict === 'forbidden') throw new Problem('source-forbidden', { host: hostname });
  const host = canonicalHost(hostname);
  const addresses = isIP(host) === 0 ? await lookupInTime(host, nameLookup) : [host];
  if (verdict === 'allowed' || addresses.every(isPublicAddress)) return addresses;
  throw new Problem('source-forbidden', { host: hostname });
}

/** A lookup for `net.connect` that knows these addresses only and asks nobody. */
export function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = answers;
    if (options.all) callback(null, answers);
    else if (first) callback(null, first.address, first.family);
    else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
  };
}

async function lookupInTime(host: string, nameLookup: NameLookup): Promise<readonly string[]> {
  const answered = new AbortController();
  const late = delay(LOOKUP_MS, [], { signal: answered.signal });
  try {
    const addresses = await Promise.race([nameLookup(host), late]);
    if (addresses.length === 0) throw new Error('no address in time');
    return addresses;
  } catch (error) {
    throw new Problem('source-unreachable', { host }, { cause: error });
  } finally {
    answered.abort();
  }
}
