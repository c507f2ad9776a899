import { paths, type SelfRequest } from '@linkcast/contracts';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface SelfRequestOptions {
  readonly scheme: 'http' | 'https';
  /** Public name, sent as Host and SNI. */
  readonly name: string;
  /** An address of the name. */
  readonly address: string;
  readonly port: number;
  /** The answer that only this installation gives. */
  readonly mark: string;
  readonly signal: AbortSignal;
  /** Default 10,000. */
  readonly timeoutMs?: number;
}

const MAX_ANSWER_BYTES = 4096;
const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/**
 * Requests this installation by its public name. The certificate is not verified: a site with a bad one is reachable. Never
 * rejects.
 */
export async function requestSelf(options: SelfRequestOptions): Promise<SelfRequest> {
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs ?? 10_000)]);
  try {
    const answer = await fetchMark(options, limit);
    return answer === options.mark ? 'answered' : 'strange';
  } catch (error) {
    return resultOf(error);
  }
}

function resultOf(error: unknown): SelfRequest {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ABORT_ERR':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return 'timeout';
    default:
      return 'strange'; // a server answers with another protocol
  }
}

function fetchMark({ scheme, name, address, port }: SelfRequestOptions, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const host = port === DEFAULT_PORTS[scheme] ? name : `${name}:${port}`;
  const options = { host: address, port, path: paths.selfCheck, headers: { host }, agent: false, signal } as const;
  const read = (response: IncomingMessage): void => {
    readStart(response).then((text) => resolve(response.statusCode === 200 ? text.trim() : ''), reject);
  };
  const request =
    scheme === 'http'
      ? requestHttp(options, read)
      : requestHttps({ ...options, servername: name, rejectUnauthorized: false }, read);
  request.on('error', reject);
  request.end();
  return promise.finally(() => request.destroy());
}

async function readStart(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response as AsyncIterable<Buffer>) {
    // no encoding is set, so chunks are buffers
    text += chunk.toString('latin1');
    if (text.length > MAX_ANSWER_BYTES) break;
  }
  return text;
}
