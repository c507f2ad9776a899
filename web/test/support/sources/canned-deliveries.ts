import {
  DeliveryRequest,
  DeliveryTarget,
  DeliveryTargetPatch,
  NewDeliveryTarget,
  type Delivery,
  type DeliveryCheck,
  type EndpointName,
} from '@linkcast/contracts';
import { ok, refused, type Route } from '../canned-reply.ts';

interface DeliveriesState {
  targets: DeliveryTarget[];
  deliveries: Delivery[];
  check: DeliveryCheck;
}

const AT = '2026-11-20T10:00:00.000Z';

/** Creates the routes of deliveries of the canned API. */
export function createCannedDeliveries(state: DeliveriesState) {
  const change = (id: string, next: Delivery['state']) => {
    state.deliveries = state.deliveries.map((each) =>
      each.id === id ? { ...each, state: next, problem: null } : each,
    );
    const found = state.deliveries.find((each) => each.id === id);
    return found ? { status: 202, json: found } : refused('not-found');
  };
  return {
    listDeliveryTargets: () => ok({ targets: state.targets }),
    createDeliveryTarget: ({ body }) => {
      const id = `target${state.targets.length}`;
      const target = DeliveryTarget.parse({ ...NewDeliveryTarget.parse(body), id, isPaused: false, createdAt: AT });
      state.targets = [...state.targets, target];
      return { status: 201, json: target };
    },
    checkNewDeliveryTarget: ({ body }) => {
      const { pin } = NewDeliveryTarget.parse(body);
      return ok(pin !== null && pin === state.check.pin ? { pin, problem: null } : state.check);
    },
    checkDeliveryTarget: () => ok(state.check),
    patchDeliveryTarget: ({ id, body }) => {
      const { isPaused, pin } = DeliveryTargetPatch.parse(body);
      const patch = { ...(isPaused !== undefined && { isPaused }), ...(pin !== undefined && { pin }) };
      state.targets = state.targets.map((target) => (target.id === id ? { ...target, ...patch } : target));
      return ok(state.targets.find((target) => target.id === id));
    },
    removeDeliveryTarget: ({ id }) => {
      state.targets = state.targets.filter((target) => target.id !== id);
      return { status: 204 };
    },
    listDeliveries: () => ok({ deliveries: state.deliveries }),
    deliverMedia: ({ id, body }) => {
      const delivery = aDelivery({ mediaId: id, targetId: DeliveryRequest.parse(body).targetId });
      state.deliveries = [delivery, ...state.deliveries];
      return { status: 202, json: delivery };
    },
    retryDelivery: ({ id }) => change(id, 'queued'),
    cancelDelivery: ({ id }) => {
      change(id, 'cancelled');
      return { status: 204 };
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}

export function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  return {
    ...{ id: 'delivery', targetId: 'target0', targetName: 'The NAS', mediaId: 'aaaaaaaaaaaaaaaaaaab', title: 'A film' },
    ...{ state: 'queued', problem: null, attempts: 0, nextAttemptAt: null, path: null, proof: null, bytes: null },
    ...{ createdAt: AT, changedAt: AT, ...fields },
  };
}

export function aTarget(fields: Partial<DeliveryTarget> = {}): DeliveryTarget {
  return {
    ...{ id: 'target0', name: 'The NAS', kind: 'sftp', host: 'nas.lan', port: 0, user: 'media', pin: null },
    ...{ folder: 'films', layout: 'media-server', rule: { items: 'all' }, removeAfter: false },
    ...{ isPaused: false, createdAt: AT, ...fields },
  };
}
