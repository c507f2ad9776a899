import path from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { directorySize } from '../library/files/directory-size.ts';
import { itemTable, type ItemRecord } from '../library/items/item-table.ts';

/** The space of a person's items, in bytes. */
export interface PersonUse {
  /** Null: items of nobody. */
  readonly personId: string | null;
  readonly name: string | null;
  readonly items: number;
  readonly bytes: number;
}

/** Sums up what takes the space of the library. Bytes are those of the rows: nothing of a large library is measured. */
export interface SpaceUse {
  byKind(): Promise<{ readonly videoBytes: number; readonly audioBytes: number; readonly trashBytes: number }>;
  /** The largest first. */
  byPerson(): Promise<PersonUse[]>;
  /** The largest items of the library that are ready. */
  largest(limit: number): Promise<ItemRecord[]>;
  /** The bytes of downloads in progress, and of what is being deleted. */
  workBytes(): Promise<number>;
}

/** Sums are bigint on PostgreSQL. */
const Bytes = z.coerce.number();
const KindSum = z.object({ kind: z.enum(['video', 'audio', 'trash']), bytes: Bytes });
const PersonSum = z.object({
  personId: z.string().nullable(),
  name: z.string().nullable(),
  items: Bytes,
  bytes: Bytes,
});

export function createSpaceUse(database: AppDatabase, mediaDir: string): SpaceUse {
  const ready = () => itemTable.query(database).selectFrom('media').selectAll().where('state', '=', 'ready');

  return {
    async byKind() {
      const { rows } = await sql`
        SELECT CASE WHEN deleted_at IS NULL THEN type ELSE 'trash' END AS kind, sum(bytes) AS bytes
        FROM media WHERE state = 'ready' GROUP BY 1`.execute(database.tables());
      const sums = new Map(
        z
          .array(KindSum)
          .parse(rows)
          .map(({ kind, bytes }) => [kind, bytes]),
      );
      const sumOf = (kind: z.infer<typeof KindSum>['kind']): number => sums.get(kind) ?? 0;
      return { videoBytes: sumOf('video'), audioBytes: sumOf('audio'), trashBytes: sumOf('trash') };
    },
    async byPerson() {
      const { rows } = await sql`
        SELECT media.person_id AS "personId", max(people.name) AS name, count(*) AS items, sum(media.bytes) AS bytes
        FROM media LEFT JOIN people ON people.id = media.person_id
        WHERE media.state = 'ready' GROUP BY media.person_id ORDER BY 4 DESC, 1`.execute(database.tables());
      return z.array(PersonSum).parse(rows);
    },
    largest: (limit) =>
      itemTable.readAll(ready().where('deleted_at', 'is', null).orderBy('bytes', 'desc').orderBy('id').limit(limit)),
    async workBytes() {
      const arriving = itemTable.query(database).selectFrom('media').select('id').where('state', '=', 'playable');
      const folders = ['.work', '.trash', ...(await arriving.execute()).map(({ id }) => id)];
      const sizes = await Promise.all(folders.map((folder) => directorySize(path.join(mediaDir, folder))));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    },
  };
}
