import { Station, StationRequest } from '../library/station.ts';
import type { Endpoint } from './endpoint.ts';

/** The radio. */
export const stationEndpoints = {
  getStation: {
    method: 'get',
    path: '/api/station',
    right: 'watch',
    summary: 'Now, next and history of the radio',
    success: 200,
    answer: Station,
    problems: [],
  },
  requestTrack: {
    method: 'post',
    path: '/api/station/requests',
    right: 'add',
    summary: 'Request a track: it airs before the loop continues',
    body: StationRequest,
    success: 202,
    answer: Station,
    problems: ['not-found', 'conflict', 'too-many-requests'],
  },
  skipTrack: {
    method: 'post',
    path: '/api/station/skip',
    right: 'add',
    summary: 'End the track that is on air',
    success: 202,
    answer: Station,
    problems: ['station-unavailable'],
  },
} as const satisfies Record<string, Endpoint>;
