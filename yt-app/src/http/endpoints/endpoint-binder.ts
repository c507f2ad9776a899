import { Problem, type Endpoint } from '@linkcast/contracts';
import type { Language } from '@linkcast/texts';
import type { Express, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { personOf, type Identity } from '../../access/identity.ts';
import { actAs } from '../../activity/actor.ts';
import { InvalidRequest } from '../../invalid-request.ts';
import type { NegotiateLanguage } from './answer-language.ts';
import { checkAnswer } from './checked-answer.ts';
import { faultsOf } from './field-faults.ts';
import type { Guard } from './guard.ts';
import { readJsonBody, requireContent } from './json-body.ts';
import type { Metrics } from '../../metrics/metrics.ts';

const Fields = z.record(z.string(), z.unknown());
const EMPTY: readonly unknown[] = [undefined, null, ''];

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<E, Name extends string> = E extends Readonly<Record<Name, infer Schema>> ? Parsed<Schema> : undefined;
type Params<E> = E extends { readonly params: { readonly schema: infer Schema } } ? Parsed<Schema> : undefined;

/** A request that passed the schemas of its endpoint. */
interface Call<E extends Endpoint> {
  readonly params: Params<E>;
  readonly query: Part<E, 'query'>;
  readonly body: Part<E, 'body'>;
  /** The caller, who has the right that the endpoint demands. */
  readonly identity: Identity;
  /** Reports whether the caller still has that right, for responses that stay open. */
  readonly isAllowed: () => Promise<boolean>;
  /** Chooses the language of the answer, and names it in the headers. */
  readonly negotiateLanguage: () => Language;
  readonly request: Request;
  readonly response: Response;
  /** Aborted when the client disconnects, or the service stops. */
  readonly signal: AbortSignal;
}

type Answer<E extends Endpoint> = Part<E, 'answer'>;

/** Binds the endpoints of the table to the app: checks rights, parses paths, queries and bodies, sends answers. */
export interface EndpointBinder {
  /** Sends what the handler returns as JSON, without members that the endpoint's answer does not have. */
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
  const before = (endpoint: Endpoint): RequestHandler[] => [
    guard.demand(endpoint),
    ...(endpoint.consumes === undefined ? readJsonBody(endpoint.bodyBytes) : [requireContent(endpoint.consumes)]),
  ];
  const bind = (endpoint: Endpoint, handlers: RequestHandler[]): void => {
    app[endpoint.method](endpoint.path, handlers);
  };

  /** @throws {Problem} `invalid-request`, or the problem that the table has for a missing field or an unknown id. */
  const readCall = <E extends Endpoint>(endpoint: E, request: Request, response: Response): Call<E> => ({
    query: read(endpoint.query, request.query) as Call<E>['query'], // parsed by this endpoint's own schema
    body: readBody(endpoint, request.body) as Call<E>['body'], // likewise
    params: readParams(endpoint, request.params) as Call<E>['params'], // likewise
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
        const call = readCall(endpoint, request, response);
        const answer = await actAs(personOf(call.identity)?.id, () => run(call));
        const checked = checkAnswer(endpoint, answer);
        response.status(endpoint.success);
        if (endpoint.answer) response.json(checked);
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

function readParams({ params }: Endpoint, values: unknown): unknown {
  if (!params) return undefined;
  const parsed = params.schema.safeParse(values);
  if (!parsed.success) throw new Problem(params.unknown);
  return parsed.data;
}

function readBody({ body: schema, missingFields = {} }: Endpoint, body: unknown): unknown {
  const content = body ?? {}; // a call without a body: all its fields are missing
  for (const [field, code] of Object.entries(missingFields)) if (lacks(content, field)) throw new Problem(code);
  return read(schema, content);
}

function lacks(content: unknown, field: string): boolean {
  const fields = Fields.safeParse(content);
  return fields.success && EMPTY.includes(fields.data[field]);
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
