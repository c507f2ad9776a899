import type { NameStatus } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Finding, PublicAddresses } from '../address/address-finder.ts';
import { addressFields, type Addresses } from '../address/addresses.ts';
import { servedAddresses, type ServedRecords } from '../dns/served-records.ts';
import { isRight, type WriteMemory } from './update-decision.ts';

/** What one look found. */
export interface NameObservation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly found: PublicAddresses;
  /** Undefined: no name server answered. */
  readonly served: ServedRecords | undefined;
  readonly routerAddress: string | null;
}

/** The addresses that are certain. */
export function agreedAddresses({ ipv4, ipv6 }: PublicAddresses): Addresses {
  return { ipv4: addressOf(ipv4), ipv6: addressOf(ipv6) };
}

/** Why our address is not known, in a sentence; undefined: it is. Without IPv6 nothing is missing, without both much. */
export function addressFault({ ipv4, ipv6 }: PublicAddresses): string | undefined {
  if (ipv4.kind === 'refused') return ipv4.sentence;
  if (ipv4.kind === 'agreed' || ipv6.kind === 'agreed') return undefined;
  return ipv6.kind === 'refused' ? ipv6.sentence : texts.dnsName.offline;
}

/** What is the matter with the record, in a sentence; undefined: the name leads here, as far as we know where that is. */
export function recordFault(
  name: string,
  look: NameObservation,
  memory: WriteMemory,
  hasProvider: boolean,
): string | undefined {
  const { served } = look;
  if (!served) return texts.dnsName.serversSilent(name);
  if (hasProvider && served.alias !== undefined) return texts.dnsName.alias(name, served.alias);
  const found = agreedAddresses(look.found);
  if (addressFields.every((field) => isRight(field, found, served, memory))) return undefined;
  const lead = addressFields.flatMap((field) => (found[field] === undefined ? [] : servedAddresses(field, served)));
  const say = hasProvider ? texts.dnsName.notYetHere : texts.dnsName.leadsElsewhere;
  return say(name, lead.join(', ') || texts.dnsName.nowhere, written(found));
}

/** Both addresses of a name, for a sentence. */
export function written({ ipv4, ipv6 }: Addresses): string {
  return [ipv4, ipv6].filter((address) => address !== undefined).join(', ');
}

/** The `addresses` of the status. */
export function addressStatus(look: NameObservation | undefined, memory: WriteMemory): NameStatus['addresses'] {
  const found = look && agreedAddresses(look.found);
  return addressFields.map((field) => {
    const at = memory.written[field]?.writtenAt;
    return {
      family: field === 'ipv4' ? 4 : 6,
      public: found?.[field] ?? null,
      served: look?.served ? servedAddresses(field, look.served) : [],
      writtenAt: at === undefined ? null : new Date(at).toISOString(),
    };
  });
}

function addressOf(finding: Finding): string | undefined {
  return finding.kind === 'agreed' ? finding.address : undefined;
}
