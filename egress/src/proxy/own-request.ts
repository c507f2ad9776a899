import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadCredentials } from '../tickets/credential-reader.ts';
import type { JobLedger } from '../tickets/job-ledger.ts';

export interface OwnRequestOptions {
  readonly ledger: JobLedger;
  readonly readCredentials: ReadCredentials;
}

/** Answers requests to the proxy itself: `GET /healthz` without a ticket, `GET /usage` with one. */
export function answerOwnRequest(request: IncomingMessage, response: ServerResponse, options: OwnRequestOptions): void {
  const { status, body } = answerTo(request, options);
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(status === 401 && { 'www-authenticate': 'Basic realm="linkcast-egress"' }),
  });
  response.end(JSON.stringify(body));
}

function answerTo(
  { method, url, headers }: IncomingMessage,
  { ledger, readCredentials }: OwnRequestOptions,
): { status: number; body: unknown } {
  if (method !== 'GET') return { status: 405, body: { error: 'Method not allowed' } };
  if (url === '/healthz') return { status: 200, body: { status: 'ok' } };
  if (url !== '/usage') return { status: 404, body: { error: 'Not found' } };
  const ticket = readCredentials(headers.authorization);
  if (!ticket) return { status: 401, body: { error: 'A valid ticket is needed' } };
  return { status: 200, body: ledger.usage(ticket) };
}
