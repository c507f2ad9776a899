import {
  DELIVERY_PORTS,
  Problem,
  type DeliveryTarget,
  type DeliveryTargetPatch,
  type WorkTarget,
} from '@linkcast/contracts';
import { createSealer } from '@linkcast/kit';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { randomId } from '../random-id.ts';
import { targetView } from './delivery-views.ts';
import type { TargetRecord, TargetSettings, TargetStore } from './target-store.ts';

/** A target as a request has it, with its defaults. */
export type GivenTarget = TargetSettings & { readonly secret: string };

/** The targets of deliveries. Their secrets leave this module for the worker of a delivery only. */
export interface DeliveryTargets {
  list(): Promise<DeliveryTarget[]>;
  /** @throws {Problem} delivery-unconfirmed, too-many-targets. */
  add(target: GivenTarget, personId: string): Promise<DeliveryTarget>;
  /** @throws {Problem} not-found. */
  change(id: string, patch: DeliveryTargetPatch): Promise<DeliveryTarget>;
  /** @throws {Problem} not-found. */
  remove(id: string): Promise<void>;
  /** @throws {Problem} not-found. */
  need(id: string): Promise<TargetRecord>;
  /** A stored target for a worker; undefined: its secret cannot be read, as after a change of COOKIE_KEY. */
  forWork(record: TargetRecord): WorkTarget | undefined;
}

export interface DeliveryTargetsOptions {
  readonly store: TargetStore;
  readonly database: AppDatabase;
  readonly activity: Pick<ActivityLog, 'append'>;
  /** COOKIE_KEY. */
  readonly key: string;
  readonly clock?: () => number;
}

const PURPOSE = 'linkcast delivery targets';
const MOST_TARGETS = 20;

export function createDeliveryTargets(options: DeliveryTargetsOptions): DeliveryTargets {
  const { store, database, activity, key, clock = Date.now } = options;
  const sealer = createSealer(key, PURPOSE);
  const need = async (id: string): Promise<TargetRecord> => {
    const record = await store.get(id);
    if (!record) throw new Problem('not-found');
    return record;
  };

  return {
    list: async () => (await store.list()).map(targetView),
    async add({ secret, ...settings }, personId) {
      if (settings.kind === 'sftp' && settings.pin === null) throw new Problem('delivery-unconfirmed');
      const id = randomId();
      const base = { id, personId, settings, isPaused: false, createdAt: clock() };
      const record = { ...base, sealed: sealer.seal(secret, contextOf(base)) };
      await database.transaction(async () => {
        await database.lock(PURPOSE);
        if ((await store.list()).length >= MOST_TARGETS) throw new Problem('too-many-targets');
        await store.add(record);
        await activity.append({ kind: 'delivery-target-made', facts: { target: settings.name } });
      });
      return targetView(record);
    },
    change: (id, { isPaused, ...changed }) =>
      database.transaction(async () => {
        const record = await need(id);
        const settings = { ...record.settings, ...given(changed) };
        const next = { ...record, settings, isPaused: isPaused ?? record.isPaused };
        await store.change(id, { settings, isPaused: next.isPaused });
        return targetView(next);
      }),
    remove: (id) =>
      database.transaction(async () => {
        const { settings } = await need(id);
        await store.remove(id);
        await activity.append({ kind: 'delivery-target-removed', facts: { target: settings.name } });
      }),
    need,
    forWork(record) {
      const secret = sealer.open(record.sealed, contextOf(record));
      return secret === undefined ? undefined : workTarget({ ...record.settings, secret });
    },
  };
}

/** The members of a change that a request has. */
function given({ pin, rule, removeAfter }: DeliveryTargetPatch): Partial<TargetSettings> {
  return {
    ...(pin === undefined ? {} : { pin }),
    ...(rule === undefined ? {} : { rule }),
    ...(removeAfter === undefined ? {} : { removeAfter }),
  };
}

/** A secret is bound to its server: a row that was changed in the database sends it to no other one. */
function contextOf({ id, settings: { kind, host, port } }: Pick<TargetRecord, 'id' | 'settings'>): string {
  return [id, kind, host, port].join(' ');
}

/** A target as a worker gets it. */
export function workTarget({ kind, host, port, user, secret, pin, folder, layout }: GivenTarget): WorkTarget {
  return { kind, host, port: port === 0 ? DELIVERY_PORTS[kind] : port, user, secret, pin, folder, layout };
}
