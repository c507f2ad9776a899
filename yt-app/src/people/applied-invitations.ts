import type { MemberRole } from '@linkcast/contracts';
import type { AppDatabase } from '../database/app-database.ts';

/** The invitations of the settings and of the owner code that were applied: each is, once, ever. */
export interface AppliedInvitations {
  /** Records one. @returns false when it was applied before. */
  record(telegramId: number, role: MemberRole): Promise<boolean>;
  /** Reports whether any Telegram account has become an owner this way. */
  hasOwner(): Promise<boolean>;
}

interface Tables {
  applied_invitations: { telegram_id: number; role: MemberRole };
}

export function createAppliedInvitations(database: AppDatabase): AppliedInvitations {
  const query = () => database.tables<Tables>();
  return {
    async record(telegramId, role) {
      const { numInsertedOrUpdatedRows } = await query()
        .insertInto('applied_invitations')
        .values({ telegram_id: telegramId, role })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async hasOwner() {
      const rows = await query().selectFrom('applied_invitations').select('role').where('role', '=', 'owner').execute();
      return rows.length > 0;
    },
  };
}
