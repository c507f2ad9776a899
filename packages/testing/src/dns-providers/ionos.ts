import type { DnsServer } from '../dns/dns-server.ts';
import {
  createProviderServer,
  jsonAnswer,
  plainAnswer,
  type ProviderAnswer,
  type ProviderRequest,
  type ProviderServer,
  type ProviderServerOptions,
} from './provider-server.ts';
import { createRecordBook, isDnsType, type BookedRecord, type RecordBook } from './record-book.ts';

export interface IonosOptions extends ProviderServerOptions {
  /** The customer's zone, such as `linkcast.test`. */
  readonly zone: string;
  /** The name that the update URL is for. Default: the zone. */
  readonly name?: string;
  /** `prefix.secret`. */
  readonly key: string;
  /** Gets every change. */
  readonly dns?: DnsServer;
  /** `false`: the key may not use zones (403), only dynamic DNS. */
  readonly hasZones?: boolean;
}

/** IONOS: its DNS API below `/dns` and its update URL. The address of an update without parameters is `callerAddress`. */
export interface IonosStandIn extends ProviderServer {
  readonly book: RecordBook;
  /** Value for IONOS_API_ROOT. */
  readonly apiRoot: string;
  /** The update URL that exists from the start, and is given out by `POST /dns/v1/dyndns`. */
  readonly updateUrl: string;
  callerAddress: string;
}

const ZONE_ID = '11111111-2222-3333-4444-555555555555';
const UPDATE_KEY = 'dXBkYXRlLWtleS1vZi10aGUtc3RhbmQtaW4';

/** Speaks the protocol of https://developer.hosting.ionos.com/docs/dns */
export async function createIonosStandIn(options: IonosOptions): Promise<IonosStandIn> {
  const { zone, key, dns, hasZones = true, name = zone } = options;
  const book = createRecordBook(dns);
  const caller = { address: '9.9.9.9' };
  const origin = { url: '' };

  const answer = (request: ProviderRequest): ProviderAnswer => {
    if (request.method === 'GET' && request.path === '/dns/v1/dyndns')
      return update(request, book, name, caller.address);
    if (request.headers['x-api-key'] !== key) return fault(401, 'UNAUTHORIZED');
    if (request.method === 'POST' && request.path === '/dns/v1/dyndns')
      return jsonAnswer(200, dynamicDns(request, origin.url));
    if (!hasZones) return fault(403, 'FORBIDDEN');
    return zones(request, book, zone);
  };
  const server = await createProviderServer(answer, options);
  origin.url = server.url;
  return {
    ...server,
    book,
    apiRoot: `${server.url}/dns`,
    updateUrl: `${server.url}/dns/v1/dyndns?q=${UPDATE_KEY}`,
    get callerAddress() {
      return caller.address;
    },
    set callerAddress(address) {
      caller.address = address;
    },
  };
}

function fault(status: number, code: string): ProviderAnswer {
  return jsonAnswer(status, [{ code, message: code.toLowerCase() }]);
}

function dynamicDns(request: ProviderRequest, origin: string): unknown {
  const { domains } = request.body as { domains: string[] }; // a wrong body fails the test, as it should
  return { bulkId: 'bulk-1', updateUrl: `${origin}/dns/v1/dyndns?q=${UPDATE_KEY}`, domains, description: '' };
}

/** Without parameters the caller's address counts; `ipv4` alone is ignored, as users found. */
function update({ query }: ProviderRequest, book: RecordBook, name: string, callerAddress: string): ProviderAnswer {
  if (query['q'] !== UPDATE_KEY) return fault(401, 'UNAUTHORIZED');
  const { ipv4, ipv6 } = query;
  const both = ipv4 !== undefined && ipv6 !== undefined;
  put(book, name, 'A', both ? ipv4 : callerAddress);
  if (both) put(book, name, 'AAAA', ipv6);
  return plainAnswer('');
}

function put(book: RecordBook, name: string, type: 'A' | 'AAAA', content: string): void {
  const [present] = book.find(name, [type]);
  if (present) book.change(present.id, { content });
  else book.add({ name, type, content, ttl: 60, proxied: false });
}

function zones(request: ProviderRequest, book: RecordBook, zone: string): ProviderAnswer {
  const { method, path } = request;
  if (path === '/dns/v1/zones') return jsonAnswer(200, [{ name: zone, id: ZONE_ID, type: 'NATIVE' }]);
  const [, id, recordId] = /^\/dns\/v1\/zones\/([\w-]+)(?:\/records(?:\/([\w-]+))?)?$/.exec(path) ?? [];
  if (id !== ZONE_ID) return fault(404, 'ZONE_NOT_FOUND');
  if (method === 'GET') return jsonAnswer(200, zoneDocument(request, book, zone));
  if (method === 'POST') return addRecords(request, book, zone);
  if (recordId === undefined) return fault(405, 'METHOD_NOT_ALLOWED');
  if (method === 'DELETE') return book.remove(recordId) ? plainAnswer('') : fault(404, 'RECORD_NOT_FOUND');
  const changed = book.change(recordId, request.body as Partial<BookedRecord>); // recorded and compared by the test
  return changed ? jsonAnswer(200, document(changed, zone)) : fault(404, 'RECORD_NOT_FOUND');
}

function zoneDocument({ query }: ProviderRequest, book: RecordBook, zone: string): unknown {
  const types = (query['recordType'] ?? 'A,AAAA,TXT').split(',');
  const records = book.find(undefined, types).filter(({ name }) => name.endsWith(query['suffix'] ?? ''));
  return { id: ZONE_ID, name: zone, type: 'NATIVE', records: records.map((record) => document(record, zone)) };
}

function addRecords(request: ProviderRequest, book: RecordBook, zone: string): ProviderAnswer {
  const wanted = request.body as { name: string; type: unknown; content: string; ttl: number }[]; // as above
  const added = wanted.map(({ name, type, content, ttl }) => {
    if (!isDnsType(type)) throw new Error('no type of record');
    return book.add({ name, type, content, ttl, proxied: false });
  });
  return jsonAnswer(
    201,
    added.map((record) => document(record, zone)),
  );
}

/** The API gives TXT content in quotes. */
function document({ id, name, type, content, ttl }: BookedRecord, zone: string): unknown {
  const quoted = type === 'TXT' ? `"${content}"` : content;
  return {
    id,
    name,
    rootName: zone,
    type,
    content: quoted,
    changeDate: '2026-11-01T00:00:00.000Z',
    ttl,
    disabled: false,
  };
}
