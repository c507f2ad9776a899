import type { DeliveryTargetPatch, NewDeliveryTarget } from '../deliveries/delivery-target.ts';
import type { CallEndpoint } from './transport.ts';

/** The calls about deliveries and their targets. */
export function createDeliveryCalls(call: CallEndpoint) {
  return {
    listDeliveryTargets: () => call('listDeliveryTargets', {}),
    createDeliveryTarget: (target: NewDeliveryTarget) => call('createDeliveryTarget', { body: target }),
    checkNewDeliveryTarget: (target: NewDeliveryTarget) => call('checkNewDeliveryTarget', { body: target }),
    checkDeliveryTarget: (id: string) => call('checkDeliveryTarget', { id }),
    patchDeliveryTarget: (id: string, patch: DeliveryTargetPatch) => call('patchDeliveryTarget', { id, body: patch }),
    removeDeliveryTarget: (id: string) => call('removeDeliveryTarget', { id }),
    listDeliveries: () => call('listDeliveries', {}),
    deliverMedia: (mediaId: string, targetId: string) => call('deliverMedia', { id: mediaId, body: { targetId } }),
    retryDelivery: (id: string) => call('retryDelivery', { id }),
    cancelDelivery: (id: string) => call('cancelDelivery', { id }),
  };
}
