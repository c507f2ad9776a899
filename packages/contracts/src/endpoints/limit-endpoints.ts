import { Limits, LimitsPatch } from '../access/limits.ts';
import type { Endpoint } from './endpoint.ts';

/** The default limits of members. The exceptions of a person are changed with `PATCH /api/people/:id`. */
export const limitEndpoints = {
  getLimits: {
    method: 'get',
    path: '/api/limits',
    right: 'manage',
    summary: 'The default limits of members',
    success: 200,
    answer: Limits,
    problems: [],
  },
  patchLimits: {
    method: 'patch',
    path: '/api/limits',
    right: 'manage',
    forPeople: true,
    inPerson: true,
    summary: 'Change the default limits of members; they count from the next link on',
    body: LimitsPatch,
    success: 200,
    answer: Limits,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
