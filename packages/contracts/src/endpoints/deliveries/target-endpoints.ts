import {
  DeliveryCheck,
  DeliveryTarget,
  DeliveryTargetPatch,
  DeliveryTargets,
  NewDeliveryTarget,
} from '../../deliveries/delivery-target.ts';
import type { Endpoint } from '../endpoint.ts';
import { recordParams } from '../path-parameters.ts';

/** A private key has some kilobytes. */
const TARGET_BYTES = 64_000;

/** The folders and servers to which items are delivered. */
export const targetEndpoints = {
  listDeliveryTargets: {
    method: 'get',
    path: '/api/delivery-targets',
    right: 'manage',
    summary: 'The targets of deliveries',
    success: 200,
    answer: DeliveryTargets,
    problems: [],
  },
  createDeliveryTarget: {
    method: 'post',
    path: '/api/delivery-targets',
    right: 'manage',
    inPerson: true,
    summary: 'Make a target; its password or key can never be read again',
    body: NewDeliveryTarget,
    bodyBytes: TARGET_BYTES,
    success: 201,
    answer: DeliveryTarget,
    problems: ['delivery-unconfirmed', 'too-many-targets'],
  },
  checkNewDeliveryTarget: {
    method: 'post',
    path: '/api/delivery-target-checks',
    right: 'manage',
    inPerson: true,
    summary: 'Try a target before it is made: its host key, the login, and writing in its folder',
    body: NewDeliveryTarget,
    bodyBytes: TARGET_BYTES,
    success: 200,
    answer: DeliveryCheck,
    problems: ['too-many-requests', 'downloader-unavailable'],
  },
  checkDeliveryTarget: {
    method: 'post',
    path: '/api/delivery-targets/:id/checks',
    right: 'manage',
    summary: 'Try a target',
    params: recordParams,
    success: 200,
    answer: DeliveryCheck,
    problems: ['not-found', 'too-many-requests', 'downloader-unavailable'],
  },
  patchDeliveryTarget: {
    method: 'patch',
    path: '/api/delivery-targets/:id',
    right: 'manage',
    summary: 'Pause a target, or change its rule',
    params: recordParams,
    body: DeliveryTargetPatch,
    success: 200,
    answer: DeliveryTarget,
    problems: ['not-found'],
  },
  removeDeliveryTarget: {
    method: 'delete',
    path: '/api/delivery-targets/:id',
    right: 'manage',
    summary: 'Delete a target and the list of its deliveries; what has arrived stays there',
    params: recordParams,
    success: 204,
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;
