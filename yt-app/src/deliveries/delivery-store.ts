import { DeliveredFile, DeliveryState, MOST_LISTED_DELIVERIES } from '@linkcast/contracts';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { column, createTable, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';
import { JobProblem } from '../jobs/job-problem.ts';
import { randomId } from '../random-id.ts';
import type { TargetTables } from './target-store.ts';

/** The columns of a delivery. Times are milliseconds since 1970. */
const columns = {
  id: column('id', z.string()),
  targetId: column('target_id', z.string()),
  mediaId: column('media_id', z.string()),
  /** That of the item when the delivery was queued: the list has it when the item is deleted. */
  title: column('title', z.string()),
  state: column('state', DeliveryState),
  /** Counts the claims: a report with an older one is refused. */
  fence: column('fence', z.number()),
  /** Failed attempts since a person has last asked for it. */
  attempts: column('attempts', z.number()),
  notBefore: column('not_before', z.number()),
  problem: jsonColumn('problem', JobProblem.nullable()),
  file: jsonColumn('file', DeliveredFile.nullable()),
  createdAt: column('created_at', z.number()),
  changedAt: column('changed_at', z.number()),
};
const table = createTable(columns);

/** A delivery as the database has it. */
export type DeliveryRecord = RecordOf<typeof columns>;

interface DeliveryTables extends TargetTables {
  deliveries: SqlRowOf<typeof columns>;
}

interface Change extends Partial<Pick<DeliveryRecord, 'state' | 'attempts' | 'problem' | 'file' | 'fence'>> {
  /** Milliseconds until a queued one is due. Default: it stays as it is. */
  readonly pauseMs?: number;
}

/** The stored deliveries. */
export interface DeliveryStore {
  /** Queues the delivery of an item to a target: a new one, or that of an earlier time once more. One that waits or runs stays. */
  queue(delivery: Pick<DeliveryRecord, 'targetId' | 'mediaId' | 'title'>): Promise<DeliveryRecord>;
  /** Takes the delivery that is due, for a claim: one of each target at a time. */
  claim(): Promise<DeliveryRecord | undefined>;
  /** Changes a delivery from an expected state, and claim. @returns undefined when it is in another one. */
  change(expected: Expected, change: Change): Promise<DeliveryRecord | undefined>;
  get(id: string): Promise<DeliveryRecord | undefined>;
  /** The latest change first, 100 at most. */
  list(): Promise<DeliveryRecord[]>;
  /** The targets with deliveries that have failed, and their number. */
  countFailed(): Promise<{ targetId: string; count: number }[]>;
  /** Queues what was running when the process ended. */
  recover(): Promise<void>;
  /** Deletes those that ended before a time. */
  prune(before: number): Promise<void>;
}

interface Expected {
  readonly id: string;
  readonly states: readonly DeliveryRecord['state'][];
  /** Undefined: any. */
  readonly fence?: number;
}

export function createDeliveryStore(database: AppDatabase, clock: () => number = Date.now): DeliveryStore {
  const query = () => database.tables<DeliveryTables>();
  const select = () => query().selectFrom('deliveries').selectAll();
  const get = (id: string): Promise<DeliveryRecord | undefined> => table.readOne(select().where('id', '=', id));
  const change: DeliveryStore['change'] = ({ id, states, fence }, { pauseMs, ...changed }) => {
    const due = pauseMs === undefined ? {} : { notBefore: clock() + pauseMs };
    const values = table.write({ ...changed, ...due, changedAt: clock() });
    const update = query().updateTable('deliveries').set(values).where('id', '=', id).where('state', 'in', states);
    return table.readOne((fence === undefined ? update : update.where('fence', '=', fence)).returningAll());
  };
  const nextDue = (): Promise<DeliveryRecord | undefined> =>
    table.readOne(
      select()
        .where('state', '=', 'queued')
        .where('not_before', '<=', clock())
        .where('target_id', 'in', (of) => of.selectFrom('delivery_targets').select('id').where('is_paused', '=', 0))
        .where('target_id', 'not in', (of) =>
          of.selectFrom('deliveries as busy').select('busy.target_id').where('busy.state', '=', 'running'),
        )
        .orderBy('not_before')
        .orderBy('created_at')
        .limit(1),
    );

  return {
    queue: (delivery) => database.transaction(() => queueOne(delivery, { query, change, clock })),
    claim: () =>
      database.transaction(async () => {
        await database.lock(CLAIMS);
        const next = await nextDue();
        return next && change({ id: next.id, states: ['queued'] }, { state: 'running', fence: next.fence + 1 });
      }),
    change,
    get,
    list: () => table.readAll(select().orderBy('changed_at', 'desc').orderBy('id').limit(MOST_LISTED_DELIVERIES)),
    async countFailed() {
      const counts = query().selectFrom('deliveries').where('state', '=', 'failed').groupBy('target_id');
      const rows = await counts.select(['target_id', ({ fn }) => fn.countAll().as('failed')]).execute();
      return rows.map(({ target_id: targetId, failed }) => ({ targetId, count: Number(failed) }));
    },
    async recover() {
      const values = table.write({ state: 'queued', notBefore: clock() });
      await query().updateTable('deliveries').set(values).where('state', '=', 'running').execute();
    },
    async prune(before) {
      const ended = query().deleteFrom('deliveries').where('state', 'in', ['delivered', 'cancelled', 'failed']);
      await ended.where('changed_at', '<', before).execute();
    },
  };
}

const CLAIMS = 'deliveries';

interface QueueParts {
  readonly query: () => Kysely<DeliveryTables>;
  readonly change: DeliveryStore['change'];
  readonly clock: () => number;
}

async function queueOne(
  { targetId, mediaId, title }: Pick<DeliveryRecord, 'targetId' | 'mediaId' | 'title'>,
  { query, change, clock }: QueueParts,
): Promise<DeliveryRecord> {
  const now = clock();
  const fresh = { state: 'queued', attempts: 0, problem: null, file: null } as const;
  const record = {
    id: randomId(),
    targetId,
    mediaId,
    title,
    ...fresh,
    notBefore: now,
    fence: 0,
    createdAt: now,
    changedAt: now,
  };
  await query()
    .insertInto('deliveries')
    .values(table.writeNew(record))
    .onConflict((conflict) => conflict.columns(['media_id', 'target_id']).doNothing())
    .execute();
  const found = await table.readOne(
    query().selectFrom('deliveries').selectAll().where('media_id', '=', mediaId).where('target_id', '=', targetId),
  );
  if (!found) throw new Error('the delivery was not stored');
  return (
    (await change({ id: found.id, states: ['delivered', 'failed', 'cancelled'] }, { ...fresh, pauseMs: 0 })) ?? found
  );
}
