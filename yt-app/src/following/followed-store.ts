import { MOST_FOLLOWED, Problem } from '@linkcast/contracts';
import { createActivityLog } from '../activity/activity-log.ts';
import { currentActor } from '../activity/actor.ts';
import type { AppDatabase } from '../database/app-database.ts';
import type { EventLog } from '../events/event-log.ts';
import type { StoredEvent } from '../events/stored-event.ts';
import { followedTable, type FollowedRecord, type StoredList } from './followed-table.ts';

type Source = Pick<StoredList, 'personId' | 'sourceKey'>;

/** The followed lists. Every change is one transaction with its event. */
export interface FollowedStore {
  get(id: string): Promise<FollowedRecord | undefined>;
  /** By title. @param personId undefined: those of everyone. */
  list(personId?: string): Promise<FollowedRecord[]>;
  /** The active lists whose check is due, the one that is due longest first. @param now milliseconds since 1970. */
  due(now: number, most: number): Promise<FollowedRecord[]>;
  /** @throws {Problem} `already-followed`, `too-many-followed`. */
  requireRoom(source: Source): Promise<void>;
  /** Stores a new list. @throws as {@link FollowedStore.requireRoom}. */
  insert(list: StoredList): Promise<FollowedRecord>;
  /** @returns undefined when it is not followed any more. */
  change(id: string, change: Partial<StoredList>): Promise<FollowedRecord | undefined>;
  remove(list: Pick<StoredList, 'id' | 'personId'>): Promise<void>;
  /** Stops following for a person who is removed, within the caller's transaction. */
  endOf(personId: string): Promise<void>;
  /** Postpones the checks of a host that are due before a time (milliseconds since 1970). No event: nothing is urgent about it. */
  postponeHost(host: string, until: number): Promise<void>;
}

export interface FollowedStoreOptions {
  readonly database: AppDatabase;
  readonly events: Pick<EventLog, 'append'>;
}

export function createFollowedStore({ database, events }: FollowedStoreOptions): FollowedStore {
  const query = () => followedTable.query(database);
  const activity = createActivityLog(database);
  const select = () => query().selectFrom('followed_lists').selectAll().select(followedTable.derived);
  const append = ({ id, personId }: Pick<StoredList, 'id' | 'personId'>, givenUp: GivenUp = null): void =>
    events.append({ name: 'following', data: { id, personId, givenUp } });
  const get: FollowedStore['get'] = (id) => followedTable.readOne(select().where('id', '=', id));

  const requireRoom: FollowedStore['requireRoom'] = async ({ personId, sourceKey }) => {
    const own = query().selectFrom('followed_lists').select('source_key').where('person_id', '=', personId);
    const keys = (await own.execute()).map((row) => row.source_key);
    if (keys.includes(sourceKey)) throw new Problem('already-followed');
    if (keys.length >= MOST_FOLLOWED) throw new Problem('too-many-followed');
  };

  return {
    get,
    requireRoom,
    list(personId) {
      const all = select().orderBy('title').orderBy('id');
      return followedTable.readAll(personId === undefined ? all : all.where('person_id', '=', personId));
    },
    due: (now, most) =>
      followedTable.readAll(
        select().where('state', '=', 'active').where('next_check_at', '<=', now).orderBy('next_check_at').limit(most),
      ),
    insert: (list) =>
      database.transaction(async () => {
        await database.lock(`following of ${list.personId}`);
        await requireRoom(list);
        await query().insertInto('followed_lists').values(followedTable.writeNew(list)).execute();
        await activity.append({ kind: 'followed' });
        append(list);
        return { ...list, waiting: 0, collectionId: null };
      }),
    change: (id, change) =>
      database.transaction(async () => {
        await query().updateTable('followed_lists').set(followedTable.write(change)).where('id', '=', id).execute();
        const changed = await get(id);
        if (changed) append(changed, givenUpBy(change, changed));
        return changed;
      }),
    remove: (list) =>
      database.transaction(async () => {
        await query().deleteFrom('followed_lists').where('id', '=', list.id).execute();
        const subjectId = list.personId === currentActor() ? null : list.personId;
        await activity.append({ kind: 'unfollowed', subjectId });
        append(list);
      }),
    async endOf(personId) {
      await query().deleteFrom('followed_lists').where('person_id', '=', personId).execute();
    },
    async postponeHost(host, until) {
      const ofHost = query().updateTable('followed_lists').set({ next_check_at: until }).where('host', '=', host);
      await ofHost.where('next_check_at', '<', until).execute();
    },
  };
}

type GivenUp = Extract<StoredEvent, { name: 'following' }>['data']['givenUp'];

/** The title and the problem of a list that a failure has paused; null for any other change. */
function givenUpBy({ state, problem }: Partial<StoredList>, { title }: FollowedRecord): GivenUp {
  return state === 'paused' && problem ? { title, code: problem.code } : null;
}
