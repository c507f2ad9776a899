import type { Visibility } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { deleteSurplus } from '../database/surplus.ts';
import { activityTable, type ActivityRecord } from './activity-table.ts';
import { currentActor } from './actor.ts';

/** An entry; who did it is the current actor, unless it is given. */
export type NewActivity = Pick<ActivityRecord, 'kind'> & Partial<Omit<ActivityRecord, 'kind' | 'createdAt'>>;

/** An item that an entry is about. */
interface NamedItem {
  readonly id: string;
  readonly title: string;
  readonly visibility: Visibility;
}

/** Stores who did what. No entry has a secret, a link, or the title of a private item. */
export interface ActivityLog {
  /** Stores an entry, within the transaction of the change that it is about. */
  append(entry: NewActivity): Promise<void>;
  /** Stores an entry about an item, with its title and further facts. Of a private item it has none, and earlier entries lose theirs. */
  appendItem(kind: ActivityRecord['kind'], item: NamedItem, facts?: ActivityRecord['facts']): Promise<void>;
  /**
   * Deletes entries that were stored before a time (milliseconds since 1970), and the oldest of more than the most; first those of
   * people who have more than their share.
   */
  prune(before: number): Promise<void>;
}

export interface ActivityLimits {
  /** Entries in all. */
  readonly most: number;
  /** Entries of one person: nobody pushes out the others' by repeating an action. */
  readonly mostPerPerson: number;
}

const LIMITS: ActivityLimits = { most: 100_000, mostPerPerson: 10_000 };

export function createActivityLog(
  database: AppDatabase,
  clock: () => number = Date.now,
  { most, mostPerPerson }: ActivityLimits = LIMITS,
): ActivityLog {
  const query = () => activityTable.query(database);
  const append = async (entry: NewActivity): Promise<void> => {
    const personId = currentActor();
    const nothing = { personId, subjectId: null, mediaId: null, facts: {}, cause: null };
    const values = activityTable.writeNew({ ...nothing, ...entry, createdAt: clock() });
    await query().insertInto('activity').values(values).execute();
  };
  const forgetTitles = async (mediaId: string): Promise<void> => {
    await query()
      .updateTable('activity')
      .set(activityTable.write({ facts: {} }))
      .where('media_id', '=', mediaId)
      .execute();
  };
  const busyPeople = async (): Promise<(string | null)[]> => {
    const rows = await query()
      .selectFrom('activity')
      .select('person_id')
      .groupBy('person_id')
      .having((entries) => entries.fn.countAll<number>(), '>', mostPerPerson)
      .execute();
    return rows.map((row) => row.person_id);
  };

  return {
    append,
    async appendItem(kind, { id, title, visibility }, facts = {}) {
      const isPrivate = visibility === 'mine';
      if (isPrivate) await forgetTitles(id);
      await append({ kind, mediaId: id, facts: isPrivate ? {} : { title, ...facts } });
    },
    async prune(before) {
      await query().deleteFrom('activity').where('created_at', '<', before).execute();
      for (const value of await busyPeople())
        await deleteSurplus(database, { table: 'activity', of: { column: 'person_id', value }, most: mostPerPerson });
      await deleteSurplus(database, { table: 'activity', most });
    },
  };
}
