import { isProblem, Problem, type Health, type ServiceName } from '@linkcast/contracts';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findKeyHolder, type KeyDigests } from '../keys/key-digests.ts';
import type { Logger } from '../log/logger.ts';
import type { Stoppable } from './service.ts';

/** One readiness check. `detail` is a sentence for the owner, without secrets. */
export type Check = Health['checks'][number];

export interface ServiceCall {
  /** Reads the body, 4 kB at most. @throws {Problem} when it is no JSON. */
  readonly readJson: () => Promise<unknown>;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  /** Sent as JSON; none without it. */
  readonly body?: unknown;
}

type Answer = (call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>;

export interface ServiceRoute {
  /** The parts that may call it. */
  readonly services: readonly ServiceName[];
  /** Throws problems; anything else is a bug. */
  readonly answer: Answer;
}

/** Routes by method and path: `'GET /status'`. */
export type ServiceRoutes = Readonly<Record<string, ServiceRoute>>;

export interface ServiceServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The valid keys, of which each route accepts those of its `services`: `Authorization: Bearer <key>`. */
  readonly keyDigests: KeyDigests;
  readonly routes: ServiceRoutes;
  /** Everything that `GET /readyz` reports; without it there is no such path. */
  readonly checks?: () => readonly Check[] | Promise<readonly Check[]>;
  readonly logger: Logger;
}

export interface ServiceServer extends Stoppable {
  readonly port: number;
}

const MAX_BODY_BYTES = 4096;
const REQUEST_LIMIT_MS = 10_000;

/**
 * Starts the HTTP server of a service that only other parts call. Each route answers the parts that it names: 401 for an
 * unknown key, 403 for the key of another part. `GET /healthz` (the process lives) and `GET /readyz` (200 when all checks
 * pass, else 503) need no key.
 */
export async function startServiceServer(options: ServiceServerOptions): Promise<ServiceServer> {
  const server = createServiceServer(options);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo; // a pipe would have no port
  options.logger.info({ host: address, port }, 'listening');
  return {
    port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function createServiceServer(options: ServiceServerOptions): Server {
  const { logger } = options;
  const findAnswer = createRouter(options);
  const respond = async (request: IncomingMessage, signal: AbortSignal): Promise<ServiceAnswer> =>
    findAnswer(request)({ readJson: () => readJson(request), signal });
  const server = createServer((request, response) => {
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort());
    void respond(request, disconnected.signal).then(
      (given) => send(response, given),
      (error: unknown) => sendProblem(response, error, logger),
    );
  });
  server.requestTimeout = REQUEST_LIMIT_MS;
  server.headersTimeout = REQUEST_LIMIT_MS;
  return server;
}

type Router = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>) => Answer;

/** @returns the function that finds the route of a request. It throws a problem when there is none, or the caller may not use it. */
function createRouter({ keyDigests, routes, checks }: ServiceServerOptions): Router {
  const open: Readonly<Record<string, Answer>> = {
    'GET /healthz': () => ({ status: 200, body: { status: 'ok' } }),
    ...(checks && { 'GET /readyz': async () => readiness(await checks()) }),
  };
  return ({ method, url, headers }) => {
    const path = url?.split('?', 1)[0] ?? '';
    const name = `${method === 'HEAD' ? 'GET' : method} ${path}`;
    if (hasPath(open, path)) return open[name] ?? refuse('method-not-allowed');
    const holder = findKeyHolder(keyDigests, bearerKeyOf(headers)) ?? refuse('unauthorized');
    const route = routes[name] ?? refuse(hasPath(routes, path) ? 'method-not-allowed' : 'not-found');
    return route.services.some((service) => service === holder) ? route.answer : refuse('forbidden');
  };
}

function refuse(problem: 'unauthorized' | 'forbidden' | 'not-found' | 'method-not-allowed'): never {
  throw new Problem(problem);
}

/** Empty when there is none. */
function bearerKeyOf({ authorization = '' }: IncomingMessage['headers']): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
}

function readiness(checks: readonly Check[]): ServiceAnswer {
  const ok = checks.every((check) => check.ok);
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } };
}

function hasPath(routes: object, path: string): boolean {
  return Object.keys(routes).some((route) => route.endsWith(` ${path}`));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new Problem('unsupported-media-type');
  let text = '';
  // no encoding is set
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > MAX_BODY_BYTES) throw new Problem('request-too-large');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed-request', {}, { cause: error });
  }
}

function sendProblem(response: ServerResponse, error: unknown, logger: Logger): void {
  if (!isProblem(error)) logger.error({ err: error }, 'bug: request failed');
  const problem = isProblem(error) ? error : new Problem('internal');
  send(response, { status: problem.status, body: problem.toDocument() }, 'application/problem+json');
}

/** Node omits the body in an answer to HEAD. */
function send(response: ServerResponse, { status, body }: ServiceAnswer, type = 'application/json'): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(body === undefined ? {} : { 'content-type': type }),
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
