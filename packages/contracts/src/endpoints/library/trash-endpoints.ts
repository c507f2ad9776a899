import { MediaQuery } from '../../jobs/job.ts';
import { Media } from '../../library/media.ts';
import { TrashEmptied, TrashList } from '../../library/trash.ts';
import type { Endpoint } from '../endpoint.ts';
import { itemParams } from '../path-parameters.ts';

/** The trash: deleted items that can still be restored. A member sees their own, an owner all. */
export const trashEndpoints = {
  listTrash: {
    method: 'get',
    path: '/api/trash',
    right: 'add',
    forPeople: true,
    summary: 'The deleted items, the latest first',
    query: MediaQuery.pick({ limit: true, cursor: true }),
    success: 200,
    answer: TrashList,
    problems: [],
  },
  restoreMedia: {
    method: 'post',
    path: '/api/trash/:id/restore',
    right: 'add',
    forPeople: true,
    summary: 'Move an item back to the library',
    params: itemParams,
    success: 200,
    answer: Media,
    problems: ['not-found', 'media-missing'],
  },
  purgeMedia: {
    method: 'delete',
    path: '/api/trash/:id',
    right: 'add',
    forPeople: true,
    summary: 'Delete an item of the trash and its files for good',
    params: itemParams,
    success: 204,
    problems: ['not-found', 'media-missing'],
  },
  emptyTrash: {
    method: 'delete',
    path: '/api/trash',
    right: 'add',
    forPeople: true,
    summary: 'Delete all own items of the trash for good; for an owner, all items',
    success: 200,
    answer: TrashEmptied,
    problems: ['media-missing'],
  },
} as const satisfies Record<string, Endpoint>;
