import type { AppDatabase } from '../../database/app-database.ts';
import { createSecretToken } from '../../secret-token.ts';

/** The random ids by which authenticators know people. They say nothing about a person, and end with their access. */
export interface UserHandles {
  /** The handle of a person, made when it is needed first. */
  of(personId: string): Promise<string>;
  /** Finds the handle of a person who has one. */
  find(personId: string): Promise<string | undefined>;
  endOf(personId: string): Promise<void>;
}

const HANDLE_BYTES = 32;

export function createUserHandles(database: AppDatabase): UserHandles {
  const query = () => database.tables<{ passkey_user_handles: { person_id: string; handle: string } }>();
  const find = async (personId: string): Promise<string | undefined> => {
    const handles = query().selectFrom('passkey_user_handles').select('handle').where('person_id', '=', personId);
    return (await handles.executeTakeFirst())?.handle;
  };
  const add = async (personId: string): Promise<string> => {
    const handle = createSecretToken(HANDLE_BYTES);
    await query().insertInto('passkey_user_handles').values({ person_id: personId, handle }).execute();
    return handle;
  };

  return {
    find,
    of: (personId) =>
      database.transaction(async () => {
        await database.lock(`passkeys ${personId}`);
        return (await find(personId)) ?? add(personId);
      }),
    async endOf(personId) {
      await query().deleteFrom('passkey_user_handles').where('person_id', '=', personId).execute();
    },
  };
}
