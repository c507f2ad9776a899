import type { DnsServer } from '../dns/dns-server.ts';
import {
  createProviderServer,
  jsonAnswer,
  type ProviderAnswer,
  type ProviderRequest,
  type ProviderServer,
  type ProviderServerOptions,
} from './provider-server.ts';
import { createRecordBook, isDnsType, type BookedRecord, type RecordBook } from './record-book.ts';

export interface CloudflareOptions extends ProviderServerOptions {
  readonly zone: string;
  readonly token: string;
  readonly dns?: DnsServer;
}

export interface CloudflareStandIn extends ProviderServer {
  readonly book: RecordBook;
  /** Value for CLOUDFLARE_API_ROOT. */
  readonly apiRoot: string;
}

const ZONE_ID = '0123456789abcdef0123456789abcdef';

/** Speaks the part of https://developers.cloudflare.com/api/ that keeps DNS records. */
export async function createCloudflareStandIn(options: CloudflareOptions): Promise<CloudflareStandIn> {
  const { zone, token, dns } = options;
  const book = createRecordBook(dns);
  const server = await createProviderServer((request) => {
    if (request.headers['authorization'] !== `Bearer ${token}`) return refusal(403, 9109, 'Invalid access token');
    return answer(request, book, zone);
  }, options);
  return { ...server, book, apiRoot: `${server.url}/client/v4` };
}

function success(result: unknown): ProviderAnswer {
  return jsonAnswer(200, { success: true, errors: [], messages: [], result });
}

function refusal(status: number, code: number, message: string): ProviderAnswer {
  return jsonAnswer(status, { success: false, errors: [{ code, message }], messages: [], result: null });
}

function answer(request: ProviderRequest, book: RecordBook, zone: string): ProviderAnswer {
  const { method, path, query } = request;
  if (path === '/client/v4/zones') return success(query['name'] === zone ? [{ id: ZONE_ID, name: zone }] : []);
  const [, id, recordId] = /^\/client\/v4\/zones\/(\w+)\/dns_records(?:\/([\w-]+))?$/.exec(path) ?? [];
  if (id !== ZONE_ID) return refusal(404, 7003, 'Could not route');
  if (method === 'GET') return success(book.find(query['name'], [query['type'] ?? '']).map(document));
  if (method === 'POST') return add(request, book);
  if (recordId === undefined) return refusal(405, 10405, 'Method not allowed');
  if (method === 'DELETE')
    return book.remove(recordId) ? success({ id: recordId }) : refusal(404, 81044, 'Record does not exist');
  const changed = book.change(recordId, request.body as Partial<BookedRecord>); // recorded and compared by the test
  return changed ? success(document(changed)) : refusal(404, 81044, 'Record does not exist');
}

function add(request: ProviderRequest, book: RecordBook): ProviderAnswer {
  const { name, type, content, ttl } = request.body as { name: string; type: unknown; content: string; ttl: number }; // as above
  if (!isDnsType(type)) return refusal(400, 1004, 'DNS Validation Error');
  return success(document(book.add({ name, type, content: content.replaceAll('"', ''), ttl, proxied: false })));
}

/** The API gives TXT content in quotes. */
function document({ id, name, type, content, ttl, proxied }: BookedRecord): unknown {
  return { id, name, type, content: type === 'TXT' ? `"${content}"` : content, ttl, proxied, proxiable: true };
}
