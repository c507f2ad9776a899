import { Problem, type Endpoint } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Express, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../access/identity.ts';
import { InvalidRequest } from '../../invalid-request.ts';
import type { NegotiateLanguage } from './answer-language.ts';
import { faultsOf } from './field-faults.ts';
import { idOf, type Guard } from './guard.ts';
import { readJsonBody } from './json-body.ts';
import type { Metrics } from './metrics.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<E, Name extends string> = E extends Readonly<Record<Name, infer Schema>> ? Parsed<Schema> : undefined;

/** A request that passed the schemas of its endpoint. */
interface Call<E extends Endpoint> {
  /** The `:id` of the path; empty where the path has none. */
  readonly id: string;
  readonly query: Part<E, 'query'>;
  readonly body: Part<E, 'body'>;
  /** The caller, who has the right that the endpoint demands. */
  readonly identity: Identity;
  /** Reports whether the caller still has that right, for responses that stay open. */
  readonly isAllowed: () => boolean;
  /** Chooses the language of the answer, and names it in the headers. */
  readonly negotiateLanguage: () => Language;
  readonly request: Request;
  readonly response: Response;
  /** Aborted when the client disconnects, or the service stops. */
  readonly signal: AbortSignal;
}

type Answer<E extends Endpoint> = Part<E, 'answer'>;

/** Binds the endpoints of the table to the app: checks rights, parses queries and bodies, sends answers. */
export interface EndpointBinder {
  /** Sends what the handler returns as JSON. */
  answer<E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => Answer<E> | Promise<Answer<E>>): void;
  /** Lets the handler write the response. */
  stream<E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => void | Promise<void>): void;
}

export interface EndpointBinderOptions {
  readonly app: Express;
  readonly guard: Guard;
  readonly metrics: Metrics;
  readonly negotiateLanguage: NegotiateLanguage;
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal;
}

export function createEndpointBinder(options: EndpointBinderOptions): EndpointBinder {
  const { app, guard, metrics, negotiateLanguage, stopping } = options;
  const before = (endpoint: Endpoint): RequestHandler[] => [guard.demand(endpoint), ...readJsonBody];
  const bind = (endpoint: Endpoint, handlers: RequestHandler[]): void => {
    app[endpoint.method](endpoint.path, handlers);
  };

  /** @throws {Problem} `missing-url`, `invalid-request`. */
  const readCall = <E extends Endpoint>(endpoint: E, request: Request, response: Response): Call<E> => ({
    id: idOf(request),
    query: read(endpoint.query, request.query) as Call<E>['query'], // parsed by this endpoint's own schema
    body: readBody(endpoint, request.body) as Call<E>['body'], // likewise
    identity: guard.identityOf(request),
    isAllowed: () => guard.isAllowed(endpoint, request),
    negotiateLanguage: () => negotiateLanguage(response),
    request,
    response,
    signal: callerSignal(response, stopping),
  });

  return {
    answer(endpoint, handler) {
      const run: (call: Call<typeof endpoint>) => unknown = handler; // the answer's type is for those who write handlers
      const respond: RequestHandler = async (request, response) => {
        const answer = await run(readCall(endpoint, request, response));
        response.status(endpoint.success);
        if (endpoint.answer) response.json(answer);
        else response.end();
      };
      bind(endpoint, [measure(endpoint, metrics), ...before(endpoint), respond]);
    },
    stream(endpoint, handler) {
      const respond: RequestHandler = async (request, response) => {
        await handler(readCall(endpoint, request, response));
      };
      bind(endpoint, [...before(endpoint), respond]);
    },
  };
}

function readBody(endpoint: Endpoint, body: unknown): unknown {
  const content = body ?? {}; // a call without a body: all its fields are missing
  if (endpoint.problems.includes('missing-url') && lacksUrl(content)) throw new Problem('missing-url');
  return read(endpoint.body, content);
}

function lacksUrl(content: unknown): boolean {
  return z.object({ url: z.literal('').nullish() }).safeParse(content).success;
}

function read(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new InvalidRequest(faultsOf(parsed.error));
  return parsed.data;
}

function callerSignal(response: Response, stopping: AbortSignal): AbortSignal {
  const disconnected = new AbortController();
  response.once('close', () => disconnected.abort(new Error('client disconnected')));
  return AbortSignal.any([disconnected.signal, stopping]);
}

function measure(endpoint: Endpoint, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const labels = { method: request.method, route: endpoint.path, status: response.statusCode };
      metrics.observeRequest(labels, (performance.now() - startedAt) / 1000);
    });
    next();
  };
}
