import type { MemberRole } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';
import { PEOPLE_LOCK, type PersonStore } from './person-store.ts';

/** The Telegram ids of ALLOWED_USERS and OWNERS. */
export interface SettingsInvitations {
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
}

interface Tables {
  applied_invitations: { telegram_id: number; role: MemberRole };
}

/**
 * Makes sure of the owner at the console, and applies the invitations of the settings. Each is applied once, ever: what owners decide afterwards on the site or in chat stays, so
 * that a person whom they removed does not come back with the next start.
 */
export async function applySettingsInvitations(
  { allowedUsers, owners }: SettingsInvitations,
  { database, people }: { readonly database: AppDatabase; readonly people: PersonStore },
): Promise<void> {
  const isNew = async (telegramId: number, role: MemberRole): Promise<boolean> => {
    const { numInsertedOrUpdatedRows } = await database
      .tables<Tables>()
      .insertInto('applied_invitations')
      .values({ telegram_id: telegramId, role })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  };
  const invite = async (telegramId: number, role: MemberRole): Promise<void> => {
    if (!(await isNew(telegramId, role))) return;
    const person = await people.byTelegram(telegramId);
    if (!person) await people.add({ name: null, role, telegramId, invitedBy: null });
    else if (role === 'owner') await people.update(person.id, { role });
  };
  await people.atConsole();
  await database.transaction(async () => {
    await database.lock(PEOPLE_LOCK);
    for (const id of owners) await invite(id, 'owner');
    for (const id of allowedUsers) await invite(id, 'member');
  });
}
