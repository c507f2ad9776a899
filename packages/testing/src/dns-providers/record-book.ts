import type { DnsServer, DnsType } from '../dns/dns-server.ts';

export interface BookedRecord {
  readonly id: string;
  readonly name: string;
  readonly type: DnsType;
  content: string;
  ttl: number;
  proxied: boolean;
}

/** The records that a provider keeps for a customer; each change reaches the DNS server at once. */
export interface RecordBook {
  find(name: string | undefined, types: readonly string[]): BookedRecord[];
  get(id: string): BookedRecord | undefined;
  add(record: Omit<BookedRecord, 'id'>): BookedRecord;
  change(id: string, change: Partial<Pick<BookedRecord, 'content' | 'ttl'>>): BookedRecord | undefined;
  remove(id: string): boolean;
}

export function createRecordBook(dns: DnsServer | undefined): RecordBook {
  const records = new Map<string, BookedRecord>();
  let count = 0;
  const publish = ({ name, type }: BookedRecord): void => {
    const same = [...records.values()].filter((one) => one.name === name && one.type === type);
    dns?.set(name, type, ...same.map(({ content }) => content));
  };
  return {
    find: (name, types) =>
      [...records.values()].filter((one) => (name === undefined || one.name === name) && types.includes(one.type)),
    get: (id) => records.get(id),
    add: (record) => {
      count += 1;
      const added = { ...record, id: `record-${count}` };
      records.set(added.id, added);
      publish(added);
      return added;
    },
    change: (id, change) => {
      const record = records.get(id);
      if (!record) return undefined;
      Object.assign(record, change);
      publish(record);
      return record;
    },
    remove: (id) => {
      const record = records.get(id);
      if (!record) return false;
      records.delete(id);
      publish(record);
      return true;
    },
  };
}

/** Reports whether the stand-ins store records of this type. */
export function isDnsType(text: unknown): text is DnsType {
  return typeof text === 'string' && ['A', 'AAAA', 'CNAME', 'TXT', 'NS', 'CAA'].includes(text);
}
