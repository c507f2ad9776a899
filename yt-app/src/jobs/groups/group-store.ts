import type { JobState, Viewer } from '@linkcast/contracts';
import { openOrOwn, visibleRows } from '../../access/visible-rows.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { hostOf } from '../../egress/source-url.ts';
import { findHostRest, type HostRest } from '../claims/host-rest.ts';
import type { JobPublisher } from '../job-publisher.ts';
import { jobTable, type JobRecord } from '../job-table.ts';
import { withChildren, type JobGroup } from './group-children.ts';
import { groupState } from './group-state.ts';
import { groupTable, type GroupRow } from './group-table.ts';

/** A new parent. Its children share type, quality, person and visibility with it. */
export type NewGroup = Omit<GroupRow, 'number' | 'state' | 'isCancelled'>;
export type NewChild = Pick<JobRecord, 'id' | 'url' | 'sourceKey' | 'mediaId' | 'title'>;
type ChildrenOptions = Pick<JobRecord, 'isBackground'>;

export interface GroupPageQuery {
  readonly state: JobState | undefined;
  /** Those with a smaller number. */
  readonly before: number;
  readonly limit: number;
}

/** Parent jobs. Inserting one, and each change of its state, is one transaction with its events. */
export interface GroupStore {
  /** Stores a parent with its children, of which there is at least one, in their order. */
  insert(group: NewGroup, children: readonly NewChild[], options?: ChildrenOptions): Promise<JobGroup>;
  get(id: string): Promise<JobGroup | undefined>;
  /** The newest open parent of the same source, type and quality, for everyone or of the same person. */
  findOpen(group: Pick<GroupRow, 'sourceKey' | 'type' | 'quality' | 'personId'>): Promise<JobGroup | undefined>;
  /** Newest first. */
  list(query: GroupPageQuery, viewer: Viewer): Promise<JobGroup[]>;
  /** Appends no event: the changes of the children bring it. */
  setCancelled(id: string, isCancelled: boolean): Promise<void>;
  /** Derives the state of a parent anew, after a change of a child and in its transaction. */
  onChildChanged(id: string): Promise<void>;
}

/** @param onInserted called with each new child, in the transaction that inserts it; stores its event. */
export function createGroupStore(
  database: AppDatabase,
  publisher: Pick<JobPublisher, 'appendGroup'>,
  onInserted: (child: JobRecord) => void,
): GroupStore {
  const select = () => groupTable.query(database).selectFrom('job_groups').selectAll();
  const get: GroupStore['get'] = async (id) =>
    (await withChildren(database, await groupTable.readAll(select().where('id', '=', id))))[0];

  const onChildChanged: GroupStore['onChildChanged'] = async (id) => {
    await database.lock(`children of ${id}`); // of two changes at once, the second one sees the first
    const group = await get(id);
    if (!group) return;
    const state = groupState(group.counts, group.isCancelled);
    const update = groupTable.query(database).updateTable('job_groups').set({ state }).where('id', '=', id);
    if (state !== group.state) await update.execute();
    const changed = state === group.state ? group : await get(id);
    if (changed) publisher.appendGroup(changed);
  };

  return {
    get,
    onChildChanged,
    insert: (group, children, options = { isBackground: false }) =>
      database.transaction(async () => {
        const records = await insertChildren(database, { ...group, ...options }, children);
        for (const child of records) onInserted(child);
        const [first] = records;
        if (!first) throw new Error('a parent without children');
        const values = groupTable.writeNew({ ...group, number: first.number, state: 'queued', isCancelled: false });
        await groupTable.query(database).insertInto('job_groups').values(values).execute();
        const inserted = await get(group.id);
        if (!inserted) throw new Error('the parent was not inserted');
        publisher.appendGroup(inserted);
        return inserted;
      }),
    async findOpen({ sourceKey, type, quality, personId }) {
      const rows = select()
        .where('source_key', '=', sourceKey)
        .where('type', '=', type)
        .where('quality', '=', quality)
        .where('state', 'in', ['queued', 'downloading'])
        .where(openOrOwn(personId))
        .orderBy('number', 'desc')
        .limit(1);
      return (await withChildren(database, await groupTable.readAll(rows)))[0];
    },
    async list({ state, before, limit }, viewer) {
      const isVisible = visibleRows(viewer);
      let page = select().where('number', '<', before);
      if (isVisible) page = page.where(isVisible);
      if (state !== undefined) page = page.where('state', '=', state as GroupRow['state']); // another one is found in no row
      return withChildren(database, await groupTable.readAll(page.orderBy('number', 'desc').limit(limit)));
    },
    async setCancelled(id, isCancelled) {
      const values = { is_cancelled: Number(isCancelled) };
      await groupTable.query(database).updateTable('job_groups').set(values).where('id', '=', id).execute();
    },
  };
}

async function insertChildren(
  database: AppDatabase,
  { id: parentId, type, quality, personId, visibility, createdAt, isBackground }: NewGroup & ChildrenOptions,
  children: readonly NewChild[],
): Promise<JobRecord[]> {
  const records: JobRecord[] = [];
  const rests = new Map<string, HostRest | undefined>();
  for (const child of children) {
    const host = hostOf(new URL(child.url));
    if (!rests.has(host)) rests.set(host, await findHostRest(database, host, createdAt));
    const shared = { parentId, type, quality, personId, visibility, isBackground, createdAt, submittedAt: createdAt };
    const values = jobTable.writeNew({ ...child, ...shared, ...rests.get(host), host, state: 'queued' });
    const insert = jobTable.query(database).insertInto('jobs').values(values);
    records.push(jobTable.read(await insert.returningAll().returning(jobTable.ofItem).executeTakeFirstOrThrow()));
  }
  return records;
}
