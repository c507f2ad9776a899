import type { PositionRecord } from './position-table.ts';

/** The positions that are not in the database yet: one for each person and item, in memory. */
export interface UnwrittenPositions {
  get(personId: string, mediaId: string): PositionRecord | undefined;
  put(record: PositionRecord): void;
  /** Ids of the people who have some. */
  people(): string[];
  of(personId: string): PositionRecord[];
  /** Removes what was written; a position that has changed meanwhile stays. */
  remove(written: readonly PositionRecord[]): void;
  endOf(personId: string): void;
}

export function createUnwrittenPositions(): UnwrittenPositions {
  const byPerson = new Map<string, Map<string, PositionRecord>>();
  const of = (personId: string): ReadonlyMap<string, PositionRecord> => byPerson.get(personId) ?? new Map();

  return {
    get: (personId, mediaId) => of(personId).get(mediaId),
    put(record) {
      const records = byPerson.get(record.personId) ?? new Map<string, PositionRecord>();
      byPerson.set(record.personId, records.set(record.mediaId, record));
    },
    people: () => [...byPerson.keys()],
    of: (personId) => [...of(personId).values()],
    remove(written) {
      for (const record of written) {
        const records = byPerson.get(record.personId);
        if (records?.get(record.mediaId) === record) records.delete(record.mediaId);
        if (records?.size === 0) byPerson.delete(record.personId);
      }
    },
    endOf: (personId) => void byPerson.delete(personId),
  };
}
