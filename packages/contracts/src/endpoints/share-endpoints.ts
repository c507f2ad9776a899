import { NewShare, ShareList, ShareRequest } from '../access/access.ts';
import type { Endpoint } from './endpoint.ts';
import { itemParams, recordParams } from './path-parameters.ts';

/** Links for guests. */
export const shareEndpoints = {
  shareMedia: {
    method: 'post',
    path: '/api/media/:id/shares',
    right: 'add',
    summary: 'Share a media item: a link that works for whoever has it, until it expires or is revoked',
    params: itemParams,
    body: ShareRequest,
    success: 201,
    answer: NewShare,
    problems: ['not-found', 'forbidden'],
  },
  listShares: {
    method: 'get',
    path: '/api/media/:id/shares',
    right: 'add',
    summary: 'The shares of a media item that are good now',
    params: itemParams,
    success: 200,
    answer: ShareList,
    problems: ['not-found'],
  },
  shareStation: {
    method: 'post',
    path: '/api/station/shares',
    right: 'add',
    summary: 'Share the radio: for players and devices that cannot sign in',
    body: ShareRequest,
    success: 201,
    answer: NewShare,
    problems: [],
  },
  listStationShares: {
    method: 'get',
    path: '/api/station/shares',
    right: 'add',
    summary: 'The shares of the radio that are good now',
    success: 200,
    answer: ShareList,
    problems: [],
  },
  revokeShare: {
    method: 'delete',
    path: '/api/shares/:id',
    right: 'add',
    summary: 'Revoke a share: its link stops working',
    params: recordParams,
    success: 204,
    problems: ['not-found', 'forbidden'],
  },
} as const satisfies Record<string, Endpoint>;
