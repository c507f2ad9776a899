import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TortureRecord } from './record.ts';

/** The records that `docs/reliability.md` is made from. */
const RECORDS = path.resolve(import.meta.dirname, '../records');

/** Keeps a record; one of the same scene, database and seed is replaced. */
export async function keepRecord(record: TortureRecord, folder = RECORDS): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${record.scene}-${record.database}-${record.seed}.json`);
  await writeFile(file, `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Reads all records; SQLite first, then by seed. @throws {z.ZodError} for a file that is none. */
export async function readRecords(folder = RECORDS): Promise<TortureRecord[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const records = await Promise.all(
    names.map(async (name) => TortureRecord.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')))),
  );
  return records.toSorted((one, other) => other.database.localeCompare(one.database) || one.seed - other.seed);
}
