import { Health } from '../upkeep/health.ts';
import type { Endpoint } from './endpoint.ts';

/** The state of the installation. */
export const upkeepEndpoints = {
  health: {
    method: 'get',
    path: '/api/health',
    right: 'manage',
    services: ['bot'],
    summary: 'The state of the parts',
    success: 200,
    answer: Health,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
