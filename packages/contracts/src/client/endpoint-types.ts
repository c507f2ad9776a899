import type { z } from 'zod';
import type { endpoints, EndpointName } from '../endpoints/endpoints.ts';

type Table = typeof endpoints;

/** The parsed answer of an endpoint, as its schema in the table says; undefined for one without. */
export type AnswerOf<N extends EndpointName> = Table[N] extends { readonly answer: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;

/** The parts of a request that the table asks for: `id` when the path has one, `body` and `query` when there is a schema. */
export type RequestOf<N extends EndpointName> = IdOf<Table[N]['path']> & BodyOf<Table[N]> & QueryOf<Table[N]>;

type IdOf<P extends string> = P extends `${string}/:id${string}` ? { readonly id: string } : unknown;
type BodyOf<E> = E extends { readonly consumes: string }
  ? { readonly body: unknown }
  : E extends { readonly body: infer S extends z.ZodType }
    ? { readonly body: z.input<S> }
    : unknown;
type QueryOf<E> = E extends { readonly query: infer S extends z.ZodType }
  ? { readonly query?: Partial<z.input<S>> }
  : unknown;
