import { PERSONAL_KEY, Problem, Right } from '@linkcast/contracts';
import { digestOf, isSameDigest } from '@linkcast/kit';
import type { Generated } from 'kysely';
import { z } from 'zod';
import { createActivityLog } from '../activity/activity-log.ts';
import type { AppDatabase } from '../database/app-database.ts';
import { writeIfPossible } from '../database/optional-write.ts';
import { column, createTable, jsonColumn, type RecordOf, type SqlRowOf } from '../database/table.ts';
import { randomId } from '../random-id.ts';
import { createSecretToken } from '../secret-token.ts';

const columns = {
  id: column('id', z.string()),
  digest: column('digest', z.instanceof(Buffer)),
  personId: column('person_id', z.string()),
  name: column('name', z.string()),
  scopes: jsonColumn('scopes', z.array(Right)),
  createdAt: column('created_at', z.number()),
  usedAt: column('used_at', z.number().nullable()),
};

/** A personal API key; times are milliseconds since 1970. */
export type PersonalKeyRecord = Omit<RecordOf<typeof columns>, 'digest'>;

export interface NewPersonalKeyRecord {
  readonly key: string;
  readonly record: PersonalKeyRecord;
}

/** The personal API keys that are valid. */
export interface PersonalKeyStore {
  /** @returns the key, which is not stored. @throws {Problem} conflict when the person has 50 keys. */
  create(facts: Pick<PersonalKeyRecord, 'personId' | 'name' | 'scopes'>): Promise<NewPersonalKeyRecord>;
  /** Finds a key, and stores that it was used, once a minute at most. */
  find(key: string): Promise<PersonalKeyRecord | undefined>;
  /** The keys of a person, the newest first. */
  list(personId: string): Promise<PersonalKeyRecord[]>;
  /** @returns false when the person has no such key. */
  revoke(id: string, personId: string): Promise<boolean>;
  /** Ends all keys of a person. */
  endOf(personId: string): Promise<void>;
}

const KEY_BYTES = 32;
const MAX_PER_PERSON = 50;
const NOTE_USE_MS = 60_000;

const table = createTable(columns);

export function createPersonalKeyStore(database: AppDatabase, clock: () => number = Date.now): PersonalKeyStore {
  const query = () => database.tables<{ personal_keys: SqlRowOf<typeof columns> & { number: Generated<number> } }>();
  const activity = createActivityLog(database, clock);
  const select = () => query().selectFrom('personal_keys').selectAll();
  const list = (personId: string) =>
    table.readAll(select().where('person_id', '=', personId).orderBy('number', 'desc'));

  return {
    create: (facts) =>
      database.transaction(async () => {
        await database.lock(`personal keys ${facts.personId}`);
        if ((await list(facts.personId)).length >= MAX_PER_PERSON) throw new Problem('conflict');
        const key = `lck_${createSecretToken(KEY_BYTES)}`;
        const record = { id: randomId(), ...facts, createdAt: clock(), usedAt: null };
        const values = table.writeNew({ ...record, digest: digestOf(key) });
        await query().insertInto('personal_keys').values(values).execute();
        await activity.append({ kind: 'key-made', facts: { key: facts.name } });
        return { key, record };
      }),
    async find(key) {
      if (!PERSONAL_KEY.test(key)) return undefined;
      const digest = digestOf(key);
      const record = await table.readOne(select().where('digest', '=', digest));
      if (!record || !isSameDigest(record.digest, digest)) return undefined;
      const now = clock();
      if (record.usedAt === null || now - record.usedAt >= NOTE_USE_MS)
        await writeIfPossible(
          query()
            .updateTable('personal_keys')
            .set(table.write({ usedAt: now }))
            .where('id', '=', record.id)
            .execute(),
        );
      return record;
    },
    list,
    revoke: (id, personId) =>
      database.transaction(async () => {
        const revoked = query().deleteFrom('personal_keys').where('id', '=', id).where('person_id', '=', personId);
        const key = await table.readOne(revoked.returningAll());
        if (key) await activity.append({ kind: 'key-revoked', facts: { key: key.name } });
        return key !== undefined;
      }),
    async endOf(personId) {
      await query().deleteFrom('personal_keys').where('person_id', '=', personId).execute();
    },
  };
}
