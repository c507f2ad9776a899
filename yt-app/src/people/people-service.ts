import { Problem, type PersonPatch } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { PEOPLE_LOCK, type PersonChange, type PersonStore } from './person-store.ts';
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

  return {
    change: (id, patch) =>
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        const person = await need(id);
        if (patch.role === 'member') await requireAnotherOwner(person);
        const changed = await people.update(id, definedOf(patch));
        if (!changed) throw new Problem('not-found');
        if (changed.role === 'member') await endOwnersAccess(id);
        if (changed.role !== person.role) logger.info({ personId: id, role: changed.role }, 'role changed');
        return changed;
      }),
    remove: (id) =>
      database.transaction(async () => {
        await database.lock(PEOPLE_LOCK);
        await requireAnotherOwner(await need(id));
        await people.remove(id);
        await endOwnersAccess(id);
        await endAccess(id);
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
