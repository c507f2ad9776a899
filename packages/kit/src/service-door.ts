import { isProblem, Problem, type Health } from '@linkcast/contracts';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from './logger.ts';
import { isSameSecret } from './secret-digest.ts';
import type { Stoppable } from './service.ts';

/** One thing that has to be well; `detail` is a sentence for the owner, without any secret. */
export type Check = Health['checks'][number];

export interface DoorCall {
  /** Reads the body, 4 kB at most. @throws {Problem} when it is no JSON. */
  readonly readJson: () => Promise<unknown>;
  /** Aborted when the caller has gone. */
  readonly gone: AbortSignal;
}

export interface DoorAnswer {
  readonly status: number;
  /** Sent as JSON; none without it. */
  readonly body?: unknown;
}

/** What is answered, by method and path: `'GET /status'`. A route throws problems; anything else is a bug. */
export type DoorRoutes = Readonly<Record<string, (call: DoorCall) => DoorAnswer | Promise<DoorAnswer>>>;

export interface ServiceDoorOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly apiToken: string;
  /** What the other parts may ask, with `Authorization: Bearer <apiToken>`. */
  readonly routes: DoorRoutes;
  /** Everything that `GET /readyz` looks at; without it there is no such path. */
  readonly checks?: () => readonly Check[] | Promise<readonly Check[]>;
  readonly logger: Logger;
}

export interface ServiceDoor extends Stoppable {
  readonly port: number;
}

const MAX_BODY_BYTES = 4096;
const REQUEST_LIMIT_MS = 10_000;

/**
 * Opens the HTTP door of a service that has few visitors, all of them other parts: its routes for those who have the API
 * token, and for everybody `GET /healthz` (the process lives) and `GET /readyz` (200 when all checks are well, else 503).
 */
export async function openServiceDoor(options: ServiceDoorOptions): Promise<ServiceDoor> {
  const server = createDoorServer(options);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo; // a pipe would have no port
  options.logger.info({ address, port }, 'door open');
  return {
    port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function createDoorServer({ apiToken, routes, checks, logger }: ServiceDoorOptions): Server {
  const open: DoorRoutes = {
    'GET /healthz': () => ({ status: 200, body: { status: 'ok' } }),
    ...(checks && { 'GET /readyz': async () => readiness(await checks()) }),
  };
  const answer = async (request: IncomingMessage, gone: AbortSignal): Promise<DoorAnswer> => {
    const path = request.url?.split('?', 1)[0] ?? '';
    const isAllowed = hasPath(open, path) || isSameSecret(request.headers.authorization ?? '', `Bearer ${apiToken}`);
    if (!isAllowed) throw new Problem('unauthorized');
    const route = findRoute({ ...routes, ...open }, request.method, path);
    return route({ readJson: () => readJson(request), gone });
  };
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void answer(request, gone.signal).then(
      (given) => send(response, given),
      (error: unknown) => sendProblem(response, error, logger),
    );
  });
  server.requestTimeout = REQUEST_LIMIT_MS;
  server.headersTimeout = REQUEST_LIMIT_MS;
  return server;
}

function readiness(checks: readonly Check[]): DoorAnswer {
  const ok = checks.every((check) => check.ok);
  return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } };
}

function hasPath(routes: DoorRoutes, path: string): boolean {
  return Object.keys(routes).some((route) => route.endsWith(` ${path}`));
}

function findRoute(routes: DoorRoutes, method: string | undefined, path: string): DoorRoutes[string] {
  const route = routes[`${method === 'HEAD' ? 'GET' : method} ${path}`];
  if (!route) throw new Problem(hasPath(routes, path) ? 'method-not-allowed' : 'not-found');
  return route;
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

/** Node leaves the body out where HEAD asked. */
function send(response: ServerResponse, { status, body }: DoorAnswer, type = 'application/json'): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(body === undefined ? {} : { 'content-type': type }),
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
