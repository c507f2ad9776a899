import { isProblem, Problem } from '@linkcast/contracts';
import type { Request, RequestHandler } from 'express';
import { authorize, type Demand } from '../../access/authorize.ts';
import type { Identify, Identity } from '../../access/identity.ts';
import { isFromElsewhere, isSameOrigin } from '../../access/same-origin.ts';

/** Identifies and authorizes the caller of every request. */
export interface Guard {
  /** Creates the handler that admits callers with the right. */
  demand(demand: Demand): RequestHandler;
  /** The admitted caller. */
  identityOf(request: Request): Identity;
  /** Reports whether the request would be admitted now, in the same role, for responses that stay open. */
  isAllowed(demand: Demand, request: Request): Promise<boolean>;
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

export function createGuard(identify: Identify): Guard {
  const admitted = new WeakMap<Request, Identity>();

  const check = async (demand: Demand, request: Request): Promise<Identity> => {
    const identity = await identify(request.headers);
    authorize(demand, identity, idOf(request));
    const isByCookie = ('session' in identity && identity.session !== null) || demand.right === 'none';
    if (isByCookie && !isOurs(request)) throw new Problem('forbidden'); // browsers add the cookie to requests of other sites too
    return identity;
  };

  return {
    demand: (demand) => async (request, _response, next) => {
      admitted.set(request, await check(demand, request));
      next();
    },
    identityOf: (request) => admitted.get(request) ?? { role: 'nobody' },
    async isAllowed(demand, request) {
      try {
        return (await check(demand, request)).role === admitted.get(request)?.role;
      } catch (error) {
        if (isProblem(error)) return false; // signed out, expired, or no longer a member
        throw error;
      }
    },
  };
}

/** Reports whether a page of our own sent the request. Reading calls count too: a probe is work, and answers are private. */
function isOurs({ method, headers }: Request): boolean {
  return SAFE_METHODS.includes(method) ? !isFromElsewhere(headers) : isSameOrigin(headers);
}

/** The `:id` of the path; empty where the path has none. */
function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}
