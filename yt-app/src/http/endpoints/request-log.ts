import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accessCheck, isProblem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';

/** Claims, renewals and reports of workers: several a second; their effects have log lines of their own. */
const WORK_PATHS = '/internal/work/';
/** Polled every few seconds by machines: logged only when they fail. */
const QUIET_PATHS = ['/healthz', '/readyz', '/metrics', '/internal/station/next', accessCheck.path];

/**
 * Logs one line per answered request: method, path and status; at debug level for reading calls. Never a header or a query
 * string, which may hold links and tokens. `request.log` has the request's id, which is nginx's `X-Request-Id` when it sent
 * one.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId(request, response) {
      const id = givenRequestId(request) ?? randomUUID();
      response.setHeader('x-request-id', id);
      return id;
    },
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (request, response) => {
      if (!response.err) return levelOfAnswered(request);
      return isProblem(response.err) && response.err.code !== 'internal' ? 'warn' : 'error';
    },
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
    customSuccessObject: (request, response, facts: RequestFacts) => ({
      ...describe(request, response.statusCode),
      durationMs: facts.responseTime,
    }),
    customErrorObject: (request, response, error) => ({ ...describe(request, response.statusCode), err: error }),
  });
}

/** Reading calls are frequent and change nothing. */
function levelOfAnswered(request: IncomingMessage): 'silent' | 'debug' | 'info' {
  const path = pathOf(request);
  if (QUIET_PATHS.includes(path) || path.startsWith(WORK_PATHS)) return 'silent';
  return request.method === 'GET' || request.method === 'HEAD' ? 'debug' : 'info';
}

interface RequestFacts {
  readonly responseTime: number;
}

function describe(request: IncomingMessage, status: number): object {
  return { method: request.method, path: pathOf(request), status };
}

function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '').split('?', 1).join('').slice(0, 200);
}

function givenRequestId(request: IncomingMessage): string | undefined {
  const id = request.headers['x-request-id'];
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? id : undefined;
}
