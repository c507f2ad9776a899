import { PositionList, PositionQuery, PositionReports } from '../../library/position.ts';
import type { Endpoint } from '../endpoint.ts';

/** The caller's own playback positions. No call names a person. */
export const positionEndpoints = {
  reportPositions: {
    method: 'post',
    path: '/api/me/positions',
    right: 'watch',
    forPeople: true,
    summary: "Report one's own playback positions; items that do not exist are skipped",
    body: PositionReports,
    success: 204,
    problems: [],
  },
  listPositions: {
    method: 'get',
    path: '/api/me/positions',
    right: 'watch',
    forPeople: true,
    summary: "One's own playback positions, newest first",
    query: PositionQuery,
    success: 200,
    answer: PositionList,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
