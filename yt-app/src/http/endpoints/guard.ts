import { Problem } from '@linkcast/contracts';
import type { Request, RequestHandler } from 'express';
import { authorize, type Demand } from '../../access/authorize.ts';
import type { Identify, Identity } from '../../access/identity.ts';
import { isFromElsewhere, isSameOrigin } from '../../access/same-origin.ts';

/** Stands before every call: who is it, and may they? */
export interface Guard {
  /** Lets those pass who have the right. */
  demand(demand: Demand): RequestHandler;
  /** Who was let pass. */
  identityOf(request: Request): Identity;
  /** Would the same request pass now? For what stays open after it was let in. */
  isAllowed(demand: Demand, request: Request): boolean;
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

export function createGuard(identify: Identify): Guard {
  const passed = new WeakMap<Request, Identity>();

  const check = (demand: Demand, request: Request): Identity => {
    const identity = identify(request.headers);
    authorize(demand, identity, idOf(request));
    const isByCookie = 'session' in identity || demand.right === 'none';
    if (isByCookie && !isOurs(request)) throw new Problem('forbidden'); // the browser added the cookie to it
    return identity;
  };

  return {
    demand: (demand) => (request, _response, next) => {
      passed.set(request, check(demand, request));
      next();
    },
    identityOf: (request) => passed.get(request) ?? { role: 'nobody' },
    isAllowed(demand, request) {
      try {
        check(demand, request);
        return true;
      } catch {
        return false; // signed out, expired, or no longer a member
      }
    },
  };
}

/** Did a page of our own send it? What only reads may be work, too (a probe), and its answer is not for others either. */
function isOurs({ method, headers }: Request): boolean {
  return SAFE_METHODS.includes(method) ? !isFromElsewhere(headers) : isSameOrigin(headers);
}

/** The `:id` of the path; empty where the path has none. */
export function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}
