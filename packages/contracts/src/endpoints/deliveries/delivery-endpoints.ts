import { Deliveries, Delivery, DeliveryRequest } from '../../deliveries/delivery.ts';
import type { Endpoint } from '../endpoint.ts';
import { itemParams, recordParams } from '../path-parameters.ts';
import { targetEndpoints } from './target-endpoints.ts';

/** The deliveries of items, and their targets. */
export const deliveryEndpoints = {
  ...targetEndpoints,
  listDeliveries: {
    method: 'get',
    path: '/api/deliveries',
    right: 'manage',
    summary: 'The last 100 deliveries, the latest change first',
    success: 200,
    answer: Deliveries,
    problems: [],
  },
  deliverMedia: {
    method: 'post',
    path: '/api/media/:id/deliveries',
    right: 'manage',
    summary: 'Deliver a finished item to a target, also once more',
    params: itemParams,
    body: DeliveryRequest,
    success: 202,
    answer: Delivery,
    problems: ['not-found', 'conflict'],
  },
  retryDelivery: {
    method: 'post',
    path: '/api/deliveries/:id/retry',
    right: 'manage',
    summary: 'Try a delivery again now',
    params: recordParams,
    success: 202,
    answer: Delivery,
    problems: ['not-found', 'conflict'],
  },
  cancelDelivery: {
    method: 'delete',
    path: '/api/deliveries/:id',
    right: 'manage',
    summary: 'Cancel a delivery that waits or runs',
    params: recordParams,
    success: 204,
    problems: ['not-found', 'conflict'],
  },
} as const satisfies Record<string, Endpoint>;
