import type { MemberRole } from '@linkcast/contracts';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { createAppliedInvitations } from './applied-invitations.ts';
import { PEOPLE_LOCK, type PersonStore } from './person-store.ts';

/** The Telegram ids of ALLOWED_USERS and OWNERS. */
export interface SettingsInvitations {
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
}

/**
 * Creates the owner at the console if there is none, and applies the invitations of the settings, each once, ever. A person whom
 * an owner has removed does not come back at the next start.
 */
export async function applySettingsInvitations(
  { allowedUsers, owners }: SettingsInvitations,
  { database, people }: { readonly database: AppDatabase; readonly people: PersonStore },
): Promise<void> {
  const activity = createActivityLog(database);
  const applied = createAppliedInvitations(database);
  const invite = async (telegramId: number, role: MemberRole): Promise<void> => {
    if (!(await applied.record(telegramId, role))) return;
    const person = await people.byTelegram(telegramId);
    if (!person) {
      const { id: personId } = await people.add({ name: null, role, telegramId, invitedBy: null });
      await activity.append({ kind: 'joined', personId, facts: { role } });
    } else if (role === 'owner' && person.role !== 'owner') {
      await people.update(person.id, { role });
      await activity.append({ kind: 'role-changed', subjectId: person.id, facts: { role } });
    }
  };
  await people.atConsole();
  await database.transaction(async () => {
    await database.lock(PEOPLE_LOCK);
    for (const id of owners) await invite(id, 'owner');
    for (const id of allowedUsers) await invite(id, 'member');
  });
}
