import type { MemberRole } from '@linkcast/contracts';
import { digestOf } from '@linkcast/kit';
import type { Generated, Selectable } from 'kysely';
import { createSecretToken } from '../secret-token.ts';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { deleteSurplus } from '../database/surplus.ts';
import { randomId } from '../random-id.ts';

/** An invitation; times are milliseconds since 1970. */
export interface InvitationRecord {
  readonly id: string;
  readonly role: MemberRole;
  readonly usesLeft: number;
  /** Id of a person. */
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface NewInvitationRecord {
  readonly code: string;
  readonly invitation: InvitationRecord;
}

/** The invitations that can be accepted. */
export interface InvitationStore {
  /** @returns the invitation, and its code, which is not stored. */
  create(
    facts: Pick<InvitationRecord, 'role' | 'usesLeft' | 'createdBy'>,
    lifetimeSeconds: number,
  ): Promise<NewInvitationRecord>;
  /** The invitation of a code, without using it. */
  find(code: string): Promise<InvitationRecord | undefined>;
  /** Uses an invitation once; undefined when it is unknown, used up or expired. */
  use(code: string): Promise<InvitationRecord | undefined>;
  /** The newest first. */
  list(): Promise<InvitationRecord[]>;
  /** @returns false when there was none. */
  revoke(id: string): Promise<boolean>;
  /** Revokes all that a person has made. */
  endOf(personId: string): Promise<void>;
}

/** 120 random bits. */
const CODE_BYTES = 15;
/** The oldest of more invitations ends. */
const MOST = 100;

interface InvitationRow {
  number: Generated<number>;
  id: string;
  digest: Buffer;
  role: MemberRole;
  uses_left: number;
  created_by: string | null;
  created_at: number;
  expires_at: number;
}

export function createInvitationStore(database: AppDatabase, clock: () => number = Date.now): InvitationStore {
  const query = () => database.tables<{ invitations: InvitationRow }>();
  const activity = createActivityLog(database, clock);
  const open = () =>
    query().selectFrom('invitations').selectAll().where('uses_left', '>', 0).where('expires_at', '>', clock());

  const deleteEnded = async (): Promise<void> => {
    await query()
      .deleteFrom('invitations')
      .where((is) => is.or([is('expires_at', '<=', clock()), is('uses_left', '<=', 0)]))
      .execute();
    await deleteSurplus(database, { table: 'invitations', most: MOST });
  };

  return {
    create: ({ role, usesLeft, createdBy }, lifetimeSeconds) =>
      database.transaction(async () => {
        const code = createSecretToken(CODE_BYTES);
        const createdAt = clock();
        const invitation = { id: randomId(), role, usesLeft, createdBy, createdAt };
        const expiresAt = createdAt + lifetimeSeconds * 1000;
        const columns = { uses_left: usesLeft, created_by: createdBy, created_at: createdAt, expires_at: expiresAt };
        await query()
          .insertInto('invitations')
          .values({ id: invitation.id, digest: digestOf(code), role, ...columns })
          .execute();
        await deleteEnded();
        await activity.append({ kind: 'invited', personId: createdBy, facts: { role, uses: usesLeft } });
        return { code, invitation: { ...invitation, expiresAt } };
      }),
    async find(code) {
      const row = await open().where('digest', '=', digestOf(code)).executeTakeFirst();
      return row && toRecord(row);
    },
    async use(code) {
      // One statement finds and counts: of two people who accept the last use, one succeeds.
      const row = await query()
        .updateTable('invitations')
        .set((column) => ({ uses_left: column('uses_left', '-', 1) }))
        .where('digest', '=', digestOf(code))
        .where('uses_left', '>', 0)
        .where('expires_at', '>', clock())
        .returningAll()
        .executeTakeFirst();
      return row && toRecord(row);
    },
    async list() {
      return (await open().orderBy('number', 'desc').execute()).map(toRecord);
    },
    revoke: (id) =>
      database.transaction(async () => {
        const revoked = query().deleteFrom('invitations').where('id', '=', id).returning('role');
        const invitation = await revoked.executeTakeFirst();
        if (invitation) await activity.append({ kind: 'invitation-revoked', facts: { role: invitation.role } });
        return invitation !== undefined;
      }),
    async endOf(personId) {
      await query().deleteFrom('invitations').where('created_by', '=', personId).execute();
    },
  };
}

function toRecord(row: Selectable<InvitationRow>): InvitationRecord {
  return {
    id: row.id,
    role: row.role,
    usesLeft: row.uses_left,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
