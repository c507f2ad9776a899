import { sql, type Kysely } from 'kysely';
import { randomId } from '../../../random-id.ts';
import { COLUMN_TYPES, type ColumnTypes } from '../column-types.ts';
import type { Migration } from '../migration.ts';

/**
 * People instead of the bot's list of members. Sessions and codes belong to a person; those without a Telegram id were made at the
 * console, and belong to its owner. Sessions of people who are on no list have ended already.
 */
export const peopleMigration: Migration = async ({ kind, transaction }) => {
  const types = COLUMN_TYPES[kind];
  for (const statement of newTables(types)) await sql.raw(statement).execute(transaction);
  await insertPeople(transaction, Date.now());
  for (const statement of ACCESS_OF_PEOPLE) await sql.raw(statement).execute(transaction);
};

interface PersonRow {
  id: string;
  name: string | null;
  role: 'owner' | 'member';
  telegram_id: number | null;
  is_console: number;
  created_at: number;
}

interface MemberRow {
  telegram_id: number;
  role: 'owner' | 'member';
}

/** The person of a session or a code. */
interface HolderRow {
  telegram_id: number | null;
  role: 'owner' | 'member';
  name: string | null;
}

function newTables({ integer, bytes, id, number, end }: ColumnTypes): string[] {
  return [
    `CREATE TABLE people (
      number ${number},
      id ${id} NOT NULL UNIQUE,
      name TEXT,
      role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
      language TEXT,
      telegram_id ${integer} UNIQUE,
      is_console ${integer} NOT NULL DEFAULT 0,
      invited_by ${id} REFERENCES people (id),
      created_at ${integer} NOT NULL,
      seen_at ${integer},
      removed_at ${integer}
    ) ${end}`,
    'CREATE UNIQUE INDEX people_console ON people (is_console) WHERE is_console = 1',
    `CREATE TABLE invitations (
      number ${number},
      id ${id} NOT NULL UNIQUE,
      digest ${bytes} NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
      uses_left ${integer} NOT NULL,
      created_by ${id} REFERENCES people (id),
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL
    ) ${end}`,
    `CREATE TABLE applied_invitations (
      telegram_id ${integer} NOT NULL,
      role TEXT NOT NULL,
      PRIMARY KEY (telegram_id, role)
    ) ${end}`,
    `CREATE TABLE people_sessions (
      number ${number},
      id ${id} NOT NULL UNIQUE,
      digest ${bytes} NOT NULL UNIQUE,
      person_id ${id} NOT NULL REFERENCES people (id),
      device TEXT NOT NULL,
      created_at ${integer} NOT NULL,
      seen_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL
    ) ${end}`,
    `CREATE TABLE people_codes (
      digest ${bytes} PRIMARY KEY,
      person_id ${id} NOT NULL REFERENCES people (id),
      expires_at ${integer} NOT NULL
    ) ${end}`,
    `ALTER TABLE shares ADD COLUMN person_id ${id} REFERENCES people (id)`,
  ];
}

/** Inserts the members, with the names of their last sessions; the owner at the console; and members without a Telegram id, by their names. */
async function insertPeople(database: Kysely<unknown>, now: number): Promise<void> {
  const tables = database.$extendTables<{
    people: PersonRow;
    members: MemberRow;
    sessions: HolderRow & { seen_at: number };
    sign_in_codes: HolderRow;
  }>();
  const members = await tables.selectFrom('members').selectAll().execute();
  const sessions = await tables
    .selectFrom('sessions')
    .select(['telegram_id', 'role', 'name'])
    .orderBy('seen_at')
    .execute();
  const codes = await tables.selectFrom('sign_in_codes').select(['telegram_id', 'role', 'name']).execute();
  const others = [...sessions, ...codes].filter(({ telegram_id }) => telegram_id === null);
  const hasConsole = others.some(({ role }) => role === 'owner');
  const namesOfOthers = new Set(others.filter(({ role }) => role === 'member').map(({ name }) => name));
  const named = sessions.filter(({ name }) => name !== null);
  const names = new Map(named.map(({ telegram_id, name }) => [telegram_id, name])); // the last of each
  const person = (facts: Pick<PersonRow, 'telegram_id' | 'role' | 'name' | 'is_console'>): PersonRow => ({
    ...facts,
    id: randomId(),
    created_at: now,
  });
  const people = [
    ...(hasConsole ? [person({ telegram_id: null, role: 'owner', name: null, is_console: 1 })] : []),
    ...members.map(({ telegram_id, role }) =>
      person({ telegram_id, role, name: names.get(telegram_id) ?? null, is_console: 0 }),
    ),
    ...[...namesOfOthers].map((name) => person({ telegram_id: null, role: 'member', name, is_console: 0 })),
  ];
  for (const row of people) await tables.insertInto('people').values(row).execute();
}

const OF_PERSON = `people.telegram_id = old.telegram_id OR (old.telegram_id IS NULL AND people.telegram_id IS NULL
  AND people.role = old.role AND (people.is_console = 1 OR people.name IS NOT DISTINCT FROM old.name))`;

/** The members were let in by the settings, which do not let them in a second time. */
const ACCESS_OF_PEOPLE = [
  'INSERT INTO applied_invitations (telegram_id, role) SELECT telegram_id, role FROM members',
  `INSERT INTO people_sessions (id, digest, person_id, device, created_at, seen_at, expires_at)
   SELECT old.id, old.digest, people.id, old.device, old.created_at, old.seen_at, old.expires_at
   FROM sessions AS old JOIN people ON ${OF_PERSON} ORDER BY old.number`,
  `INSERT INTO people_codes (digest, person_id, expires_at)
   SELECT old.digest, people.id, old.expires_at FROM sign_in_codes AS old JOIN people ON ${OF_PERSON}`,
  'DROP TABLE sessions',
  'DROP TABLE sign_in_codes',
  'DROP TABLE members',
  'ALTER TABLE people_sessions RENAME TO sessions',
  'ALTER TABLE people_codes RENAME TO sign_in_codes',
  'CREATE INDEX sessions_person ON sessions (person_id)',
  'CREATE INDEX sessions_end ON sessions (expires_at)',
];
