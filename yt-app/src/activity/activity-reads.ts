import type { Activity, ActivityList, ActivityQuery } from '@linkcast/contracts';
import { sentenceIn, worded, type Language } from '@linkcast/texts';
import { z } from 'zod';
import type { AppDatabase } from '../database/app-database.ts';
import { decodePageCursor, encodePageCursor } from '../page-cursor.ts';
import { activityTable, type ActivityRecord } from './activity-table.ts';

/** Reads the activity log. */
export interface ActivityReads {
  /**
   * A page of entries, the newest first.
   *
   * @throws {Problem} `invalid-request` for a cursor that is not of this list.
   */
  list(query: ActivityQuery, language: Language): Promise<ActivityList>;
}

const Cursor = z.tuple([z.literal('activity'), z.number()]);
type Names = ReadonlyMap<string, string | null>;

export function createActivityReads(database: AppDatabase): ActivityReads {
  const query = () => activityTable.query(database);
  /** The names of people, also of those who were removed. */
  const namesOf = async (ids: readonly string[]): Promise<Names> => {
    if (ids.length === 0) return new Map();
    const people = database.tables<{ people: { id: string; name: string | null } }>();
    const rows = await people.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  };

  return {
    async list({ limit, cursor, person, kind }, language) {
      let page = query().selectFrom('activity').selectAll();
      if (cursor !== undefined) page = page.where('number', '<', decodePageCursor(Cursor, cursor)[1]);
      if (kind !== undefined) page = page.where('kind', '=', kind);
      if (person !== undefined)
        page = page.where((is) => is.or([is('person_id', '=', person), is('subject_id', '=', person)]));
      const rows = await page
        .orderBy('number', 'desc')
        .limit(limit + 1)
        .execute();
      const shown = rows.slice(0, limit).map((row) => ({ number: row.number, ...activityTable.read(row) }));
      const names = await namesOf(
        [...new Set(shown.flatMap(({ personId, subjectId }) => [personId, subjectId]))].filter((id) => id !== null),
      );
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return {
        activity: shown.map((entry) => activityView(entry, names, language)),
        nextCursor: last ? encodePageCursor(['activity', last.number]) : null,
      };
    },
  };
}

function activityView(entry: ActivityRecord & { number: number }, names: Names, language: Language): Activity {
  const { number, createdAt, kind, personId, subjectId, mediaId, facts, cause } = entry;
  const personOf = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? null });
  const subject = personOf(subjectId);
  const named = { ...facts, ...(subject && { name: subject.name }) };
  const reported = worded({
    code: `activity-${kind}`,
    facts: named,
    ...(cause && { cause: { code: cause.code, facts: cause.facts } }),
  });
  return {
    ...{ id: String(number), at: new Date(createdAt).toISOString(), kind, mediaId, subject },
    person: personOf(personId),
    ...reported,
    sentence: sentenceIn(reported, language),
  };
}
