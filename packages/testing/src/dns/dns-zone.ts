import type { Answer, CaaData } from 'dns-packet';

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'NS' | 'CAA';

/** The records of a {@link DnsServer}. Names are compared in lower case. */
export interface DnsZone {
  set(name: string, type: DnsType, ...values: string[]): void;
  values(name: string, type: DnsType): readonly string[];
  /** Records of a name and type as they go into an answer; `type` may be one that is never set. */
  records(name: string, type: string): Answer[];
  /** Reports whether there is a record at the name, or below it. */
  has(name: string): boolean;
  /** SOA of the zone that the name is in, as it goes beside an empty answer. */
  authority(name: string): Answer[];
}

const TTL_SECONDS = 1;

export function createDnsZone(zones: readonly string[], nameserver: string): DnsZone {
  const records = new Map<string, readonly string[]>();
  const key = (name: string, type: string): string => `${name.toLowerCase()} ${type}`;
  const values = (name: string, type: string): readonly string[] => records.get(key(name, type)) ?? [];
  const set = (name: string, type: DnsType, ...next: string[]): void => {
    if (next.length === 0) records.delete(key(name, type));
    else records.set(key(name, type), next);
  };
  for (const zone of zones) {
    set(zone, 'NS', `ns1.${zone}`);
    set(`ns1.${zone}`, nameserver.includes(':') ? 'AAAA' : 'A', nameserver);
  }
  const isZone = (name: string): boolean => zones.includes(name.toLowerCase());

  return {
    set,
    values,
    records: (name, type) =>
      type === 'SOA' && isZone(name) ? [soa(name)] : values(name, type).map((value) => asRecord(name, type, value)),
    has: (name) => {
      const suffix = `.${name.toLowerCase()} `;
      return [...records.keys()].some((one) => `.${one}`.includes(suffix));
    },
    authority: (name) => {
      const zone = zones.find((one) => `.${name.toLowerCase()}`.endsWith(`.${one}`));
      return zone === undefined ? [] : [soa(zone)];
    },
  };
}

function asRecord(name: string, type: string, value: string): Answer {
  const head = { name, ttl: TTL_SECONDS };
  switch (type) {
    case 'TXT':
      return { ...head, type, data: value };
    case 'CAA':
      return { ...head, type, data: caaData(value) };
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
      return { ...head, type, data: value };
    default:
      throw new Error(`no records of type ${type} are kept`);
  }
}

function caaData(value: string): CaaData {
  const [, flags, tag, content] = /^(\d+) (issue|issuewild|iodef) "([^"]*)"$/.exec(value) ?? [];
  if (tag !== 'issue' && tag !== 'issuewild' && tag !== 'iodef')
    throw new Error(`"${value}" is no CAA record such as 0 issue "ca.test"`);
  return { flags: Number(flags), tag, value: content ?? '' };
}

function soa(zone: string): Answer {
  const times = { serial: 1, refresh: 60, retry: 60, expire: 600, minimum: TTL_SECONDS };
  return {
    name: zone,
    ttl: TTL_SECONDS,
    type: 'SOA',
    data: { mname: `ns1.${zone}`, rname: `admin.${zone}`, ...times },
  };
}
