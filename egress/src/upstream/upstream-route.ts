import type { EgressUpstream } from '@linkcast/contracts';
import { isIP, type LookupFunction } from 'node:net';
import { pinnedLookup } from '../destination/destination-resolver.ts';
import type { NameLookup } from '../destination/name-lookup.ts';
import { Refusal } from '../http/refusal.ts';
import { createConnectHandshake } from './connect-handshake.ts';
import type { CheckedTarget, UpstreamHandshake } from './handshake.ts';
import { createSocksHandshake } from './socks-handshake.ts';

/** The route to a target by an outbound proxy: where to connect, and what to say there. */
export interface UpstreamRoute {
  readonly host: string;
  readonly port: number;
  readonly lookup: LookupFunction;
  readonly handshake: UpstreamHandshake;
}

/** The time of a lookup. */
const LOOKUP_MS = 10_000;

/**
 * Finds the outbound proxy. Its own address is the owner's word, and may be private.
 *
 * @throws {Refusal} when its name has no address.
 */
export async function findUpstream(
  upstream: EgressUpstream,
  target: CheckedTarget,
  { lookup, signal }: { readonly lookup: NameLookup; readonly signal: AbortSignal },
): Promise<UpstreamRoute> {
  const { host, port, kind } = upstream;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(LOOKUP_MS)]);
  const addresses = isIP(host) === 0 ? await lookup(host, inTime).catch(() => []) : [host]; // the refusal says enough
  if (addresses.length === 0) throw new Refusal('upstream-unreachable');
  const handshake = kind === 'http' ? createConnectHandshake(upstream, target) : createSocksHandshake(upstream, target);
  return { host, port, lookup: pinnedLookup(addresses), handshake };
}
