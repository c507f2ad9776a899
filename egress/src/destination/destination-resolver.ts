import type { EgressDestination } from '@linkcast/contracts';
import {
  canonicalHost,
  isDeliverableAddress,
  isPublicAddress,
  judgeDestination,
  judgeOnly,
  normalizeAddress,
  type DestinationVerdict,
} from '@linkcast/kit';
import { isIP, type LookupFunction } from 'node:net';
import { Refusal } from '../http/refusal.ts';
import type { RequestTarget } from '../http/request-target.ts';
import type { NameLookup } from './name-lookup.ts';
import type { OwnHosts } from './own-hosts.ts';

export interface DestinationRules {
  /** `host:port` pairs of ALLOW_PRIVATE_SOURCES, which are not checked. */
  readonly allowed: readonly string[];
  readonly lookup: NameLookup;
  /** For the hosts in `allowed`, and for those of deliveries. */
  readonly lookupListed: NameLookup;
  readonly own: OwnHosts;
  /** Milliseconds that a lookup may take. Default 10,000. */
  readonly lookupMs?: number;
}

export interface RequestRules {
  readonly refusedAddresses: readonly string[];
  /** The one destination of a delivery, which may be in the home network. */
  readonly only?: EgressDestination | undefined;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

/** Resolves a target to the addresses that may be connected to. Throws {@link Refusal}. */
export type ResolveDestination = (target: RequestTarget, rules: RequestRules) => Promise<readonly string[]>;

/**
 * Resolves a host once and checks all its addresses: a host with one private address is refused, whatever the others are.
 * Connect only to the result: the answer of a second lookup may differ (rebinding).
 */
export function createDestinationResolver(rules: DestinationRules): ResolveDestination {
  const { allowed, own, lookupMs = 10_000 } = rules;
  return async ({ hostname, port }, { refusedAddresses, only, signal }) => {
    const access = only ? judgeOnly(hostname, port, { only, allowed }) : judgeOpen({ hostname, port }, rules);
    if (access === 'forbidden') throw new Refusal('forbidden-address');
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(lookupMs)]);
    const host = canonicalHost(hostname);
    const lookup = access === 'allowed' || only ? rules.lookupListed : rules.lookup;
    const addresses = isIP(host) === 0 ? await findAddresses(host, lookup, inTime) : [host];
    if (access === 'allowed') return addresses;
    if (only) return deliverable(addresses);
    const refused = new Set(refusedAddresses.map(normalizeAddress));
    const isRefused = (address: string): boolean => !isPublicAddress(address) || refused.has(normalizeAddress(address));
    if (addresses.some(isRefused) || (await own.hasAddress(addresses))) throw new Refusal('forbidden-address');
    return addresses;
  };
}

/** The verdict without a delivery's ticket: the public name of the site is no source. */
function judgeOpen({ hostname, port }: RequestTarget, { allowed, own }: DestinationRules): DestinationVerdict {
  const access = judgeDestination(hostname, port, allowed);
  return access === 'open' && own.hasName(hostname) ? 'forbidden' : access;
}

/** @throws {Refusal} when one of them is this machine, or on its link. */
function deliverable(addresses: readonly string[]): readonly string[] {
  if (!addresses.every(isDeliverableAddress)) throw new Refusal('forbidden-address');
  return addresses;
}

/** Creates a lookup for `net.connect` that gives these addresses without a query. */
export function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = answers;
    if (options.all) callback(null, answers);
    else if (first) callback(null, first.address, first.family);
    else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
  };
}

async function findAddresses(host: string, lookup: NameLookup, signal: AbortSignal): Promise<readonly string[]> {
  const late = Promise.withResolvers<never>();
  const onAbort = (): void => late.reject(signal.reason as Error); // AbortSignal reasons are errors here
  signal.addEventListener('abort', onAbort);
  try {
    const addresses = await Promise.race([lookup(host, signal), late.promise]);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw new Refusal(isTimeout(error) ? 'dns-timeout' : 'dns-error', { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  throw new Refusal('no-address');
}

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'TimeoutError' || ('code' in error && ['ETIMEOUT', 'ECANCELLED'].includes(String(error.code)));
}
