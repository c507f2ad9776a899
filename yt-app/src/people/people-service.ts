import { Problem, type PersonPatch } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import { isDeepStrictEqual } from 'node:util';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import type { PersonChange } from './person-changes.ts';
import { PEOPLE_LOCK, type PersonStore } from './person-store.ts';
import type { PersonRecord } from './person-table.ts';

/** Changes of people by owners. */
export interface PeopleService {
  /** @throws {Problem} not-found, last-owner. */
  change(id: string, patch: PersonPatch): Promise<PersonRecord>;
  /** Removes a person, and ends all their access at once. @throws {Problem} not-found, last-owner. */
  remove(id: string): Promise<void>;
}

export interface PeopleServiceOptions {
  readonly database: AppDatabase;
  readonly people: PersonStore;
  /** Ends the sessions, codes, shares, keys, passkeys and positions of a person, within the transaction. */
  readonly endAccess: (personId: string) => Promise<void>;
  /** Ends what only an owner may make: invitations, and shares of items of others. */
  readonly endOwnersAccess: (personId: string) => Promise<void>;
  readonly logger: Logger;
}

export function createPeopleService(options: PeopleServiceOptions): PeopleService {
  const { database, people, endAccess, endOwnersAccess, logger } = options;

  const activity = createActivityLog(database);
  const need = async (id: string): Promise<PersonRecord> => {
    const person = await people.get(id);
    if (!person) throw new Problem('not-found');
    return person;
  };
  /** The owner at the console stays: whoever has the machine is the owner. */
  const requireAnotherOwner = async ({ id, role, isConsole }: PersonRecord): Promise<void> => {
    if (isConsole) throw new Problem('last-owner');
    if (role !== 'owner') return;
    const others = (await people.list()).filter((person) => person.role === 'owner' && person.id !== id);
    if (!others.some((person) => !person.isConsole)) throw new Problem('last-owner');
  };

  const noteChange = async (before: PersonRecord, { id, role, limits }: PersonRecord): Promise<void> => {
    if (role !== before.role) {
      await activity.append({ kind: 'role-changed', subjectId: id, facts: { role } });
      logger.info({ personId: id, role }, 'role changed');
    }
    if (!isDeepStrictEqual(limits, before.limits)) await activity.append({ kind: 'limits-changed', subjectId: id });
  };

  return {
    change: (id, patch) =>
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        const person = await need(id);
        if (patch.role === 'member') await requireAnotherOwner(person);
        const changed = await people.update(id, definedOf(patch));
        if (!changed) throw new Problem('not-found');
        if (changed.role === 'member') await endOwnersAccess(id);
        await noteChange(person, changed);
        return changed;
      }),
    remove: (id) =>
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        await requireAnotherOwner(await need(id));
        await people.remove(id);
        await endOwnersAccess(id);
        await endAccess(id);
        await activity.append({ kind: 'removed', subjectId: id });
        logger.info({ personId: id }, 'person removed');
      }),
  };
}

function definedOf({ name, role, limits }: PersonPatch): PersonChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(limits === undefined ? {} : { limits }),
  };
}
