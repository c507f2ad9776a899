import { Diagnosis } from '../upkeep/diagnosis.ts';
import { Health } from '../upkeep/health.ts';
import { ActivityList, ActivityQuery } from '../upkeep/activity.ts';
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
  diagnose: {
    method: 'get',
    path: '/api/diagnosis',
    right: 'manage',
    summary: 'Check everything that the running installation can check of itself; takes up to five seconds',
    success: 200,
    answer: Diagnosis,
    problems: [],
  },
  listActivity: {
    method: 'get',
    path: '/api/activity',
    right: 'manage',
    summary: 'Who did what in the last 90 days, the newest first',
    query: ActivityQuery,
    success: 200,
    answer: ActivityList,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
