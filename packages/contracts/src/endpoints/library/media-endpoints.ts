import { MediaQuery } from '../../jobs/job.ts';
import { Media, MediaPatch } from '../../library/media.ts';
import { MediaList, MediaWithPosition } from '../../library/position.ts';
import type { Endpoint } from '../endpoint.ts';
import { itemParams } from '../path-parameters.ts';

/** The library. */
export const mediaEndpoints = {
  listMedia: {
    method: 'get',
    path: '/api/media',
    right: 'watch',
    summary: 'The library',
    query: MediaQuery,
    success: 200,
    answer: MediaList,
    problems: ['not-found'],
  },
  getMedia: {
    method: 'get',
    path: '/api/media/:id',
    right: 'watch',
    forGuests: true,
    summary: 'One media item',
    params: itemParams,
    success: 200,
    answer: MediaWithPosition,
    problems: ['not-found'],
  },
  patchMedia: {
    method: 'patch',
    path: '/api/media/:id',
    right: 'add',
    summary: 'Change a media item: its title, its visibility, or the mark that no retention rule takes it',
    params: itemParams,
    body: MediaPatch,
    success: 200,
    answer: Media,
    problems: ['not-found', 'conflict', 'media-missing', 'forbidden'],
  },
  deleteMedia: {
    method: 'delete',
    path: '/api/media/:id',
    right: 'add',
    summary: 'Move a media item to the trash, where it can be restored for 7 days',
    params: itemParams,
    success: 204,
    problems: ['not-found', 'conflict', 'media-missing', 'forbidden'],
  },
} as const satisfies Record<string, Endpoint>;
