import { texts } from '@linkcast/texts';
import { parseJson } from '@linkcast/kit';
import axios, { AxiosError } from 'axios';
import type { z } from 'zod';
import { ProviderFault } from './provider.ts';

export interface ProviderClientOptions {
  /** What people call the provider. */
  readonly provider: string;
  /** Settings that hold the key, as a sentence names them. */
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
  /** Address family of the connection; both unless told. */
  readonly family?: 4 | 6;
  readonly signal: AbortSignal;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** The way to a provider's HTTP door: bounded in time and size, never redirected, and without a key in any error. */
export interface ProviderClient {
  /** @throws {ProviderFault} when nothing usable came; any status but redirects, 429 and 5xx is an answer. */
  ask(request: ProviderRequest): Promise<ProviderAnswer>;
  /** {@link ask}, and the answer must be good JSON of this shape. */
  askJson<T>(schema: z.ZodType<T>, request: ProviderRequest): Promise<T>;
  /** The fault that a status other than 2xx means. */
  faultOf(status: number): ProviderFault;
  /** What came is no answer of this provider. */
  notItsAnswer(): ProviderFault;
}

const MAX_ANSWER_BYTES = 1_000_000;
const TOO_MANY_WAIT_MS = 900_000;
/** Providers of dyndns2 refuse clients without a name. */
const USER_AGENT = 'Linkcast DDNS/0.1';
const TIMEOUT_CODES: readonly unknown[] = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'];

export function createProviderClient({
  provider,
  keySettings,
  timeoutMs = 15_000,
}: ProviderClientOptions): ProviderClient {
  const sentences = texts.dnsName.provider;
  const notItsAnswer = () => new ProviderFault('temporary', sentences.notItsAnswer(provider));

  const faultOf = (status: number): ProviderFault => {
    if (status === 401 || status === 403)
      return new ProviderFault('permanent', sentences.badKey(provider, keySettings));
    if (status === 429) return new ProviderFault('temporary', sentences.tooMany(provider), TOO_MANY_WAIT_MS);
    if (status >= 300 && status < 400) return new ProviderFault('temporary', sentences.redirects(provider));
    return new ProviderFault('temporary', sentences.failed(provider, status));
  };
  // axios's own errors hold the request with its key: they end here
  const connectionFault = (error: unknown): ProviderFault => {
    const code = error instanceof AxiosError ? error.code : undefined;
    if (TIMEOUT_CODES.includes(code)) return new ProviderFault('temporary', sentences.tooSlow(provider));
    if (isCertificateCode(code)) return new ProviderFault('temporary', sentences.badCertificate(provider));
    if (code === 'ERR_BAD_RESPONSE') return notItsAnswer(); // larger than the limit
    return new ProviderFault('temporary', sentences.unreachable(provider));
  };
  const ask = async (request: ProviderRequest): Promise<ProviderAnswer> => {
    const answer = await send(request, timeoutMs).catch((error: unknown) => {
      throw connectionFault(error);
    });
    if (answer.status >= 500 || answer.status === 429 || (answer.status >= 300 && answer.status < 400))
      throw faultOf(answer.status);
    return answer;
  };

  return {
    ask,
    askJson: async (schema, request) => {
      const { status, contentType, text } = await ask(request);
      if (status < 200 || status > 299) throw faultOf(status);
      if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType)) throw notItsAnswer();
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw notItsAnswer();
      return parsed.data;
    },
    faultOf,
    notItsAnswer,
  };
}

/** Is it a page for people, as a hotel's network or a blocked account shows one? */
export function isWebPage({ contentType, text }: ProviderAnswer): boolean {
  return /html/i.test(contentType) || text.trimStart().startsWith('<');
}

async function send(request: ProviderRequest, timeoutMs: number): Promise<ProviderAnswer> {
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
    proxy: false, // HTTPS_PROXY and its like would see where we go
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

function isCertificateCode(code: string | undefined): boolean {
  return code !== undefined && /CERT|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}
