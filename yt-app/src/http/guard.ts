import { Problem, type Endpoint } from '@linkcast/contracts';
import type { Request, RequestHandler } from 'express';
import { authorize } from '../access/authorize.ts';
import type { Identify, Identity } from '../access/identity.ts';
import { isSameOrigin } from '../access/same-origin.ts';

type Demand = Pick<Endpoint, 'right' | 'forGuests'>;

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
    if (isByCookie && !SAFE_METHODS.includes(request.method) && !isSameOrigin(request.headers)) {
      throw new Problem('forbidden'); // another site's page sent it, and the browser added the cookie
    }
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

/** The `:id` of the path; empty where the path has none. */
export function idOf(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}
