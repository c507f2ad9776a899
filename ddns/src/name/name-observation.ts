import type { PublicAddresses } from '../address/address-finder.ts';
import { queryAddresses, type NameServers } from '../dns/name-servers.ts';
import type { ServedRecords } from '../dns/served-records.ts';
import type { Clock } from '../time/clock.ts';

/** The public addresses of this line and the records of the name at one moment. */
export interface NameObservation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly found: PublicAddresses;
  /** Undefined: no name server answered. */
  readonly served: ServedRecords | undefined;
  /** The external address that the router reports; null: none. */
  readonly routerAddress: string | null;
}

export interface NameObserverOptions {
  readonly name: string;
  readonly findAddresses: (signal: AbortSignal) => Promise<PublicAddresses>;
  readonly nameServers: NameServers;
  /** Resolves with null when the router reports no address. */
  readonly readRouterAddress: (signal: AbortSignal) => Promise<string | null>;
  readonly clock: Clock;
}

/** Queries the address sources, the name's servers and the router at once. Never rejects. */
export async function observeName(options: NameObserverOptions, signal: AbortSignal): Promise<NameObservation> {
  const [found, served, routerAddress] = await Promise.all([
    options.findAddresses(signal),
    queryAddresses(options.nameServers, options.name, signal),
    options.readRouterAddress(signal),
  ]);
  return { at: options.clock.now(), found, served, routerAddress };
}
