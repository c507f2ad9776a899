import { message } from '@linkcast/texts';
import { parseJson } from '@linkcast/kit';
import axios, { AxiosError } from 'axios';
import type { z } from 'zod';
import { ProviderFault } from './provider-fault.ts';

export interface ProviderClientOptions {
  /** Name of the provider for people. */
  readonly provider: string;
  /** Settings that hold the key, as a sentence lists them. */
  readonly keySettings: string;
  /** Milliseconds until a request counts as failed, the whole answer included. Default 15,000. */
  readonly timeoutMs?: number | undefined;
}

export interface ProviderRequest {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly url: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Address family of the connection. Default: both. */
  readonly family?: 4 | 6;
  readonly signal: AbortSignal;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** An HTTP client of one provider: bounded in time and size, follows no redirect, and has no key in any error. */
export interface ProviderClient {
  /** Sends a request. Any status but redirects, 429 and 5xx is an answer. @throws {ProviderFault} */
  send(request: ProviderRequest): Promise<ProviderAnswer>;
  /** Sends a request whose answer must have a 2xx status and be JSON of this shape. @throws {ProviderFault} */
  sendForJson<T>(schema: z.ZodType<T>, request: ProviderRequest): Promise<T>;
  /** The fault for a status other than 2xx. */
  statusFault(status: number): ProviderFault;
  /** The fault for an answer that this provider does not give. */
  unexpectedAnswer(): ProviderFault;
}

const TOO_MANY_WAIT_MS = 900_000;
const TIMEOUT_CODES: readonly unknown[] = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];

export function createProviderClient(options: ProviderClientOptions): ProviderClient {
  const { provider, timeoutMs = 15_000 } = options;
  const unexpectedAnswer = () => unexpectedAnswerOf(provider);
  const statusFault = (status: number) => faultOfStatus(status, options);

  const send = async (request: ProviderRequest): Promise<ProviderAnswer> => {
    const answer = await sendRequest(request, timeoutMs).catch((error: unknown) => {
      throw faultOfConnection(error, provider);
    });
    if (answer.status >= 500 || answer.status === 429 || isRedirect(answer.status)) throw statusFault(answer.status);
    return answer;
  };

  return {
    send,
    sendForJson: async (schema, request) => {
      const { status, contentType, text } = await send(request);
      if (!isSuccess(status)) throw statusFault(status);
      if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType)) throw unexpectedAnswer();
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw unexpectedAnswer();
      return parsed.data;
    },
    statusFault,
    unexpectedAnswer,
  };
}

/** True for a page for people, such as that of a hotel's network or of a blocked account. */
export function isWebPage({ contentType, text }: ProviderAnswer): boolean {
  return /html/i.test(contentType) || text.trimStart().startsWith('<');
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function faultOfStatus(status: number, { provider, keySettings }: ProviderClientOptions): ProviderFault {
  if (status === 401 || status === 403)
    return new ProviderFault('permanent', message('provider-bad-key', { provider, settings: keySettings }));
  if (status === 429)
    return new ProviderFault('temporary', message('provider-rate-limited', { provider }), TOO_MANY_WAIT_MS);
  if (isRedirect(status)) return new ProviderFault('temporary', message('provider-redirects', { provider }));
  return new ProviderFault('temporary', message('provider-error', { provider, status }));
}

function unexpectedAnswerOf(provider: string): ProviderFault {
  return new ProviderFault('temporary', message('provider-bad-answer', { provider }));
}

/** Replaces axios's errors, which hold the request with its key. */
function faultOfConnection(error: unknown, provider: string): ProviderFault {
  const code = error instanceof AxiosError ? error.code : undefined;
  if (TIMEOUT_CODES.includes(code)) return new ProviderFault('temporary', message('provider-timeout', { provider }));
  if (isCertificateCode(code)) return new ProviderFault('temporary', message('provider-bad-certificate', { provider }));
  if (code === 'ERR_BAD_RESPONSE') return unexpectedAnswerOf(provider); // larger than the limit
  return new ProviderFault('temporary', message('provider-unreachable', { provider }));
}

function isCertificateCode(code: string | undefined): boolean {
  return code !== undefined && /CERT|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}

const MAX_ANSWER_BYTES = 1_000_000;
/** dyndns2 servers refuse clients without a name. */
const USER_AGENT = 'Linkcast DDNS/0.1';

async function sendRequest(request: ProviderRequest, timeoutMs: number): Promise<ProviderAnswer> {
  const { method, url, query, headers, body, family, signal } = request;
  const response = await axios.request<string>({
    method,
    url,
    params: query,
    headers: { 'user-agent': USER_AGENT, ...headers },
    data: body,
    ...(family === undefined ? {} : { family }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    proxy: false, // a proxy of HTTPS_PROXY would see the host of the request
    responseType: 'text',
    transformResponse: (text: string) => text,
    validateStatus: () => true,
  });
  const contentType: unknown = response.headers['content-type'];
  return {
    status: response.status,
    contentType: typeof contentType === 'string' ? contentType : '',
    text: response.data,
  };
}
