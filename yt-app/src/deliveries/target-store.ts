import { DeliveryTarget } from '@linkcast/contracts';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';

/** The settings by an owner, without the secret. */
const TargetSettings = DeliveryTarget.omit({ id: true, isPaused: true, createdAt: true });
export type TargetSettings = z.infer<typeof TargetSettings>;

const columns = {
  id: column('id', z.string()),
  /** The owner who made it. */
  personId: column('person_id', z.string()),
  settings: jsonColumn('settings', TargetSettings),
  /** The password or key, encrypted; see {@link createDeliveryTargets}. */
  sealed: column('sealed', z.string()),
  isPaused: flagColumn('is_paused'),
  /** Milliseconds since 1970. */
  createdAt: column('created_at', z.number()),
};
const table = createTable(columns);

/** A target as the database has it. */
export type TargetRecord = RecordOf<typeof columns>;
export type TargetTables = { delivery_targets: SqlRowOf<typeof columns> };

/** The stored targets. */
export interface TargetStore {
  /** The oldest first. */
  list(): Promise<TargetRecord[]>;
  get(id: string): Promise<TargetRecord | undefined>;
  add(record: TargetRecord): Promise<void>;
  change(id: string, change: Partial<Pick<TargetRecord, 'settings' | 'isPaused'>>): Promise<void>;
  /** Deletes a target with its deliveries. */
  remove(id: string): Promise<void>;
}

export function createTargetStore(database: AppDatabase): TargetStore {
  const query = () => database.tables<TargetTables>();
  const select = () => query().selectFrom('delivery_targets').selectAll();
  return {
    list: () => table.readAll(select().orderBy('created_at').orderBy('id')),
    get: (id) => table.readOne(select().where('id', '=', id)),
    async add(record) {
      await query().insertInto('delivery_targets').values(table.writeNew(record)).execute();
    },
    async change(id, change) {
      await query().updateTable('delivery_targets').set(table.write(change)).where('id', '=', id).execute();
    },
    async remove(id) {
      await query().deleteFrom('delivery_targets').where('id', '=', id).execute();
    },
  };
}
