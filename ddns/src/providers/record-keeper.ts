import { texts } from '@linkcast/texts';
import type { Addresses } from '../address/addresses.ts';
import { ProviderFault, type TextRecords, type WriteReport } from './provider.ts';

export type RecordType = 'A' | 'AAAA' | 'TXT';

export interface KeptRecord {
  readonly id: string;
  /** Of a TXT record: without quotes. */
  readonly content: string;
  readonly isProxied: boolean;
}

/** The few things that an API with records must be able to do; the rest is the same for all of them. */
export interface RecordApi<Zone> {
  /** @throws {ProviderFault} when the account has no zone for the name. */
  findZone(name: string, signal: AbortSignal): Promise<Zone>;
  /** Exactly this name and type. */
  list(zone: Zone, name: string, type: RecordType, signal: AbortSignal): Promise<readonly KeptRecord[]>;
  create(zone: Zone, record: { name: string; type: RecordType; content: string }, signal: AbortSignal): Promise<void>;
  /** Changes the content, and nothing that the owner may have set. */
  change(zone: Zone, id: string, content: string, signal: AbortSignal): Promise<void>;
  remove(zone: Zone, id: string, signal: AbortSignal): Promise<void>;
}

export interface RecordKeeper extends TextRecords {
  write(name: string, addresses: Addresses, signal: AbortSignal): Promise<WriteReport>;
}

/** Keeps the records of a name at a provider whose API knows zones and records. Records of other names are never touched. */
export function createRecordKeeper<Zone>(provider: string, api: RecordApi<Zone>): RecordKeeper {
  const keepAddress = async (zone: Zone, name: string, type: RecordType, content: string, signal: AbortSignal) => {
    const [present, ...others] = await api.list(zone, name, type, signal);
    if (others.length > 0)
      throw new ProviderFault('permanent', texts.dnsName.provider.severalRecords(provider, name, type));
    if (!present) await api.create(zone, { name, type, content }, signal);
    else if (present.content !== content) await api.change(zone, present.id, content, signal);
    return present?.isProxied ?? false;
  };

  return {
    write: async (name, { ipv4, ipv6 }, signal) => {
      const zone = await api.findZone(name, signal);
      const isProxied4 = ipv4 !== undefined && (await keepAddress(zone, name, 'A', ipv4, signal));
      const isProxied6 = ipv6 !== undefined && (await keepAddress(zone, name, 'AAAA', ipv6, signal));
      return { isProxied: isProxied4 || isProxied6 };
    },
    set: async (name, value, signal) => {
      const zone = await api.findZone(name, signal);
      const present = await api.list(zone, name, 'TXT', signal);
      if (present.some(({ content }) => content === value)) return;
      await api.create(zone, { name, type: 'TXT', content: value }, signal);
    },
    remove: async (name, value, signal) => {
      const zone = await api.findZone(name, signal);
      for (const { id, content } of await api.list(zone, name, 'TXT', signal))
        if (content === value) await api.remove(zone, id, signal);
    },
  };
}

export function withoutQuotes(content: string): string {
  return content.replace(/^"(.*)"$/, '$1');
}
