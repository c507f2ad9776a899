import { Problem } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import { PEOPLE_LOCK, type PersonStore } from '../../people/person-store.ts';
import type { PasskeyStore } from './passkey-store.ts';

/** The person who revokes a passkey. */
export interface RevokingPerson {
  readonly personId: string;
  /** True for an owner, who may revoke anybody's. */
  readonly isOwner: boolean;
}

/**
 * Revokes a passkey.
 *
 * @throws {Problem} not-found; last-way-in, when it is one's own and one could not come in any more.
 */
export type RevokePasskey = (id: string, caller: RevokingPerson) => Promise<void>;

export interface PasskeyRevocationOptions {
  readonly database: AppDatabase;
  readonly people: Pick<PersonStore, 'get'>;
  readonly passkeys: Pick<PasskeyStore, 'list' | 'revoke'>;
}

export function createPasskeyRevocation({ database, people, passkeys }: PasskeyRevocationOptions): RevokePasskey {
  /** With a Telegram account, the person comes in by that. */
  const requireAnotherWayIn = async (id: string, personId: string): Promise<void> => {
    const [first, ...others] = await passkeys.list(personId);
    if (first?.id !== id || others.length > 0) return;
    const person = await people.get(personId);
    if (person && !person.isConsole && person.telegramId === null) throw new Problem('last-way-in');
  };

  return (id, { personId, isOwner }) =>
    database.transaction(async () => {
      await database.lock(PEOPLE_LOCK); // the Telegram account is not disconnected meanwhile
      await requireAnotherWayIn(id, personId);
      if (!(await passkeys.revoke(id, isOwner ? undefined : personId))) throw new Problem('not-found');
    });
}
