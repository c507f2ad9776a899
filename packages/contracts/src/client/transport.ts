import axios, { AxiosError } from 'axios';
import { telegramUserHeader } from '../access/person.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { endpoints, type EndpointName } from '../endpoints/endpoints.ts';
import { Problem, ProblemDocument } from '../problems/problem.ts';
import type { AnswerOf, RequestOf } from './endpoint-types.ts';

/** Milliseconds that a call may take for which a worker reads a link: a little more than yt-app waits for the worker. */
export const READ_LIMIT_MS = 125_000;

export interface ApiClientOptions {
  /** Root of the API's origin; empty in a browser on the same origin. */
  readonly baseUrl?: string;
  readonly token?: string;
  /** The Telegram id of the person for whom the bot calls. */
  readonly telegramId?: number;
  /** A share's token instead: the calls of a guest. */
  readonly shareToken?: string;
  /** Sent with every call as `X-Request-Id`: the API's log lines of these calls carry it as `requestId`. */
  readonly requestId?: string;
  /** BCP 47 tag, sent as `Accept-Language`: sentences of problems and health come in this language. Default: the client's own. */
  readonly language?: string;
  /** Milliseconds a call may take before it counts as failed. Default 15,000. */
  readonly timeoutMs?: number;
  /** Gets every refusal before the call throws it. A page learns from it that its session has ended. */
  readonly onProblem?: (problem: Problem) => void;
}

/** The API did not answer, or answered something that is not its own: it may be down or starting. */
export class ApiUnavailable extends Error {
  override readonly name = 'ApiUnavailable';
}

interface CallSettings {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds this call may take. Default: as for every call. */
  readonly timeoutMs?: number;
}

/**
 * Calls one endpoint of the table. The types of request and answer follow from its name, so that a wrong pairing does not compile.
 *
 * @throws {Problem} for an expected refusal. @throws {ApiUnavailable} when there is no answer.
 */
export type CallEndpoint = <N extends EndpointName>(
  name: N,
  request: RequestOf<N>,
  settings?: CallSettings,
) => Promise<AnswerOf<N>>;

/** The parts of any request, for the transport. */
interface AnyRequest {
  readonly id?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
}

export function createTransport({
  baseUrl = '',
  token,
  shareToken,
  telegramId,
  requestId,
  language,
  timeoutMs = 15_000,
  onProblem,
}: ApiClientOptions): CallEndpoint {
  const http = axios.create({
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRedirects: 0,
    headers: {
      ...authorizationOf(token, shareToken),
      ...(telegramId === undefined ? {} : { [telegramUserHeader]: String(telegramId) }),
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      ...(language === undefined ? {} : { 'accept-language': language }),
    },
  });

  return async <N extends EndpointName>(name: N, request: RequestOf<N>, settings: CallSettings = {}) => {
    const endpoint: Endpoint = endpoints[name];
    const { id = '', body, query } = request as AnyRequest; // what the table asks for, whatever the endpoint
    try {
      const response = await http.request<unknown>({
        method: endpoint.method,
        url: endpoint.path.replace(':id', encodeURIComponent(id)),
        data: body,
        params: query,
        headers: { ...settings.headers },
        ...(settings.timeoutMs === undefined ? {} : { timeout: settings.timeoutMs }),
        ...(settings.signal ? { signal: settings.signal } : {}),
      });
      return endpoint.answer?.parse(response.data) as AnswerOf<N>; // the schema of this very endpoint
    } catch (error) {
      const apiError = asApiError(error);
      if (apiError instanceof Problem) onProblem?.(apiError);
      throw apiError;
    }
  };
}

function authorizationOf(token: string | undefined, shareToken: string | undefined): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  return shareToken === undefined ? {} : { authorization: `Share ${shareToken}` };
}

function asApiError(error: unknown): Error {
  if (!(error instanceof AxiosError))
    return new ApiUnavailable('the API answered something unexpected', { cause: error });
  // The axios error itself holds the token in its headers, so only its code goes on.
  if (!error.response) return new ApiUnavailable('the API does not answer', { cause: error.code });
  const document = ProblemDocument.safeParse(error.response.data);
  if (!document.success) return new ApiUnavailable(`the API answered ${error.response.status} without a problem`);
  if (document.data.code === 'server-starting') return new ApiUnavailable('the edge says that the API does not answer');
  return Problem.fromDocument(document.data, retryAfterOf(error.response.headers));
}

/** `Retry-After` as whole seconds (RFC 9110, 10.2.3); a date, which we never send, counts as none. */
function retryAfterOf(headers: Record<string, unknown>): number | undefined {
  const value = headers['retry-after'];
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
