import type { z } from 'zod';
import type { Right } from '../access/access.ts';
import type { ServiceName } from '../access/service-name.ts';
import type { ProblemType } from '../problems/problem-catalogue.ts';

interface PathParameters {
  readonly schema: z.ZodObject;
  /** The problem of values that do not fit the schema: the same as of values that do not exist. */
  readonly unknown: ProblemType;
}

interface Call {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Express notation: `/api/jobs/:id`. */
  readonly path: string;
  readonly summary: string;
  /** Request headers of this call, each with its meaning. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The parameters of the path, where it has some. */
  readonly params?: PathParameters;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** The most bytes of the body. Default 16 kB. */
  readonly bodyBytes?: number;
  /** The content type of a body that the handler reads as it comes, instead of JSON. */
  readonly consumes?: string;
  /** Fields of the body whose absence has a problem of its own instead of `invalid-request`. Null and empty count as absent. */
  readonly missingFields?: Readonly<Record<string, ProblemType>>;
  readonly success: number;
  /** JSON of the answer, which has no other members; absent: no body, or not JSON. */
  readonly answer?: z.ZodType;
  /** Content type, when it is not JSON. */
  readonly produces?: string;
  readonly problems: readonly ProblemType[];
}

interface PublicEndpoint extends Call {
  /** The right that the caller needs. `none`: everybody may call, except a part that has no rights. */
  readonly right: Right | 'none';
  /** True when a guest may call it for the one item that was shared with them. */
  readonly forGuests?: true;
  /** True when only a person may call it: no guest, no visitor, no part. */
  readonly forPeople?: true;
  /** True when the person has to be there: a personal API key is refused, whatever its scopes are. */
  readonly inPerson?: true;
  /** True when only a signed-in browser may call it: neither a key nor the bot for a person. */
  readonly bySession?: true;
  /** Parts that may call it for themselves. */
  readonly services?: readonly ServiceName[];
  readonly internal?: undefined;
}

/** Between the parts only: not described in the OpenAPI document, refused by nginx. */
interface InternalEndpoint extends Call {
  readonly right: 'service';
  /** The parts that may call it. Nobody else may, the owner's API token included. */
  readonly services: readonly ServiceName[];
  readonly forGuests?: undefined;
  readonly forPeople?: undefined;
  readonly inPerson?: undefined;
  readonly bySession?: undefined;
  readonly internal: true;
}

export type Endpoint = PublicEndpoint | InternalEndpoint;
