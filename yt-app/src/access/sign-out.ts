import type { Logger } from '@linkcast/kit';
import { createActivityLog } from '../activity/activity-log.ts';
import { currentActor } from '../activity/actor.ts';
import type { AppDatabase } from '../database/app-database.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

export interface SignOutOptions {
  readonly database: AppDatabase;
  readonly sessions: Pick<SessionStore, 'end' | 'endOf'>;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/** Signs browsers out. Each time has an entry of the activity log. */
export interface SignOut {
  /** Ends a session. @returns false when it has ended already. */
  one(session: SessionRecord): Promise<boolean>;
  /** Ends all sessions of a person. @returns their number */
  everywhere(personId: string): Promise<number>;
}

export function createSignOut({ database, sessions, logger, clock = Date.now }: SignOutOptions): SignOut {
  const activity = createActivityLog(database, clock);

  return {
    one: ({ id, personId, device }) =>
      database.transaction(async () => {
        if (!(await sessions.end(id))) return false;
        const isOwn = personId === currentActor();
        await activity.append({ kind: 'signed-out', subjectId: isOwn ? null : personId, facts: { device } });
        database.afterCommit(() => logger.info({ sessionId: id, personId, device }, 'signed out'));
        return true;
      }),
    everywhere: (personId) =>
      database.transaction(async () => {
        const count = await sessions.endOf(personId);
        if (count === 0) return 0;
        await activity.append({ kind: 'signed-out-everywhere', personId, facts: { count } });
        database.afterCommit(() => logger.info({ personId, count }, 'signed out everywhere'));
        return count;
      }),
  };
}
