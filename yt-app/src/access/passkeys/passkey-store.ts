import { PasskeyTransport, Problem } from '@linkcast/contracts';
import type { Generated } from 'kysely';
import { z } from 'zod';
import { createActivityLog } from '../../activity/activity-log.ts';
import type { AppDatabase } from '../../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../../database/table.ts';
import { randomId } from '../../random-id.ts';

const columns = {
  id: column('id', z.string()),
  personId: column('person_id', z.string()),
  /** The authenticator's own id of the passkey, in base64url. */
  credentialId: column('credential_id', z.string()),
  /** COSE key. */
  publicKey: column('public_key', z.instanceof(Buffer)),
  /** Signatures so far, as the authenticator counts them; 0: it does not count. */
  counter: column('counter', z.number()),
  transports: jsonColumn('transports', z.array(PasskeyTransport)),
  deviceType: column('device_type', z.enum(['singleDevice', 'multiDevice'])),
  isBackedUp: flagColumn('is_backed_up'),
  name: column('name', z.string()),
  createdAt: column('created_at', z.number()),
  usedAt: column('used_at', z.number().nullable()),
};

/** A passkey; times are milliseconds since 1970. */
export type PasskeyRecord = RecordOf<typeof columns>;

/** The facts of a new passkey. */
export type PasskeyFacts = Omit<PasskeyRecord, 'id' | 'createdAt' | 'usedAt'>;

/** The passkeys that sign in. */
export interface PasskeyStore {
  /** @throws {Problem} conflict when the passkey is stored already, or its person has 20. */
  add(facts: PasskeyFacts): Promise<PasskeyRecord>;
  byCredential(credentialId: string): Promise<PasskeyRecord | undefined>;
  /** The passkeys of a person, the newest first. */
  list(personId: string): Promise<PasskeyRecord[]>;
  /** Renames a passkey of a person; undefined when they have no such passkey. */
  rename(id: string, personId: string, name: string): Promise<PasskeyRecord | undefined>;
  /**
   * Stores a use. One statement compares and writes the counter: of two uses with the same one, one succeeds.
   *
   * @returns false when the counter did not grow, or the passkey was revoked.
   */
  use(id: string, use: Pick<PasskeyRecord, 'counter' | 'isBackedUp'>): Promise<boolean>;
  /** @param personId of whom it has to be; undefined: anybody. @returns false when there was none. */
  revoke(id: string, personId: string | undefined): Promise<boolean>;
  /** Revokes all passkeys of a person. */
  endOf(personId: string): Promise<void>;
}

const MAX_PER_PERSON = 20;

const table = createTable(columns);

export function createPasskeyStore(database: AppDatabase, clock: () => number = Date.now): PasskeyStore {
  const query = () => database.tables<{ passkeys: SqlRowOf<typeof columns> & { number: Generated<number> } }>();
  const activity = createActivityLog(database, clock);
  const select = () => query().selectFrom('passkeys').selectAll();
  const list = (personId: string) =>
    table.readAll(select().where('person_id', '=', personId).orderBy('number', 'desc'));

  return {
    add: (facts) =>
      database.transaction(async () => {
        await database.lock(`passkeys ${facts.personId}`);
        if ((await list(facts.personId)).length >= MAX_PER_PERSON) throw new Problem('conflict');
        const record = { id: randomId(), ...facts, createdAt: clock(), usedAt: null };
        const { numInsertedOrUpdatedRows } = await query()
          .insertInto('passkeys')
          .values(table.writeNew(record))
          .onConflict((conflict) => conflict.column('credential_id').doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) throw new Problem('conflict');
        await activity.append({ kind: 'passkey-registered', facts: { passkey: facts.name } });
        return record;
      }),
    byCredential: (credentialId) => table.readOne(select().where('credential_id', '=', credentialId)),
    list,
    rename: (id, personId, name) =>
      table.readOne(
        query()
          .updateTable('passkeys')
          .set(table.write({ name }))
          .where('id', '=', id)
          .where('person_id', '=', personId)
          .returningAll(),
      ),
    async use(id, { counter, isBackedUp }) {
      const { numUpdatedRows } = await query()
        .updateTable('passkeys')
        .set(table.write({ counter, isBackedUp, usedAt: clock() }))
        .where('id', '=', id)
        .where('counter', counter === 0 ? '=' : '<', counter)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    revoke: (id, personId) =>
      database.transaction(async () => {
        let revoked = query().deleteFrom('passkeys').where('id', '=', id);
        if (personId !== undefined) revoked = revoked.where('person_id', '=', personId);
        const passkey = await table.readOne(revoked.returningAll());
        if (!passkey) return false;
        const subjectId = passkey.personId;
        await activity.append({ kind: 'passkey-revoked', subjectId, facts: { passkey: passkey.name } });
        return true;
      }),
    async endOf(personId) {
      await query().deleteFrom('passkeys').where('person_id', '=', personId).execute();
    },
  };
}
