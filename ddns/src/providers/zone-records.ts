import { message } from '@linkcast/texts';
import type { Addresses } from '../address/addresses.ts';
import { ProviderFault } from './provider-fault.ts';
import type { TextRecords, WriteReport } from './provider.ts';

export type RecordType = 'A' | 'AAAA' | 'TXT';

export interface ZoneRecord {
  readonly id: string;
  /** Of a TXT record: without quotes. */
  readonly content: string;
  readonly isProxied: boolean;
}

/** The requests that an API with zones and records offers. */
export interface ZoneApi<Zone> {
  /** @throws {ProviderFault} when the account has no zone for the name. */
  findZone(name: string, signal: AbortSignal): Promise<Zone>;
  /** Lists the records of exactly this name and type. */
  list(zone: Zone, name: string, type: RecordType, signal: AbortSignal): Promise<readonly ZoneRecord[]>;
  create(zone: Zone, record: { name: string; type: RecordType; content: string }, signal: AbortSignal): Promise<void>;
  /** Changes the content, and nothing else that the owner may have set. */
  change(zone: Zone, id: string, content: string, signal: AbortSignal): Promise<void>;
  remove(zone: Zone, id: string, signal: AbortSignal): Promise<void>;
}

export interface ZoneRecords extends TextRecords {
  write(name: string, addresses: Addresses, signal: AbortSignal): Promise<WriteReport>;
}

/** Creates the writer of a name's records at a provider with a zone API. Records of other names are never changed. */
export function createZoneRecords<Zone>(provider: string, api: ZoneApi<Zone>): ZoneRecords {
  const writeAddress = async (zone: Zone, name: string, type: RecordType, content: string, signal: AbortSignal) => {
    const [present, ...others] = await api.list(zone, name, type, signal);
    if (others.length > 0)
      throw new ProviderFault('permanent', message('provider-several-records', { provider, name, type }));
    if (!present) await api.create(zone, { name, type, content }, signal);
    else if (present.content !== content) await api.change(zone, present.id, content, signal);
    return present?.isProxied ?? false;
  };

  return {
    write: async (name, { ipv4, ipv6 }, signal) => {
      const zone = await api.findZone(name, signal);
      const isProxied4 = ipv4 !== undefined && (await writeAddress(zone, name, 'A', ipv4, signal));
      const isProxied6 = ipv6 !== undefined && (await writeAddress(zone, name, 'AAAA', ipv6, signal));
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
