import { RESUME_FROM_SECONDS, type PositionQuery, type PositionReport } from '@linkcast/contracts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { ItemRecord } from '../library/items/item-table.ts';
import type { PersonRecord } from '../people/person-table.ts';
import { nextPosition, refuseBeyondEnd, type ItemReport } from './next-position.ts';
import { decodeCursor, encodeCursor, newestFirst, type PageEnd } from './position-cursor.ts';
import type { PositionStore } from './position-store.ts';
import type { PositionRecord } from './position-table.ts';
import type { PositionWriter } from './position-writer.ts';

/** The playback positions of people. A report counts at once, and is in the database within ten seconds. */
export interface Positions {
  /**
   * Takes positions of a person. The newest of an item counts. Items that the person cannot see are skipped.
   *
   * @throws {Problem} invalid-request, for a position far beyond the end of its item; nothing is taken then.
   */
  report(person: PositionPerson, reports: readonly PositionReport[]): Promise<void>;
  /** The positions of a person in these items, by media id. */
  ofItems(personId: string, mediaIds: readonly string[]): Promise<ReadonlyMap<string, PositionRecord>>;
  /** The positions of a person, newest first. @throws {Problem} invalid-request, for a cursor that is none of ours. */
  list(person: PositionPerson, query: PositionQuery): Promise<PositionPage>;
}

/** A person, as far as it matters for what they see. */
export type PositionPerson = Pick<PersonRecord, 'id' | 'role'>;

export interface PositionPage {
  readonly entries: readonly PositionEntry[];
  readonly nextCursor: string | null;
}

export interface PositionEntry {
  readonly position: PositionRecord;
  readonly item: ItemRecord;
}

export interface PositionsOptions {
  readonly store: Pick<PositionStore, 'ofItems' | 'list'>;
  readonly writer: Pick<PositionWriter, 'unwritten' | 'put' | 'writeMany'>;
  readonly items: Pick<ItemStore, 'getVisible'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

export function createPositions({ store, writer, items: itemStore, clock = Date.now }: PositionsOptions): Positions {
  const { unwritten } = writer;
  const visibleItems = (ids: readonly string[], { id: personId, role }: PositionPerson): Promise<ItemRecord[]> =>
    itemStore.getVisible(ids, { personId, role });
  const ofItems = async (personId: string, mediaIds: readonly string[]): Promise<Map<string, PositionRecord>> => {
    const stored = await store.ofItems(personId, mediaIds);
    const newer = mediaIds.flatMap((mediaId) => unwritten.get(personId, mediaId) ?? []);
    return new Map([...stored, ...newer].map((record) => [record.mediaId, record]));
  };

  return {
    ofItems,
    async report(person, reports) {
      const { id: personId } = person;
      const arrivedAt = clock();
      const items = await visibleItems([...new Set(reports.map(({ mediaId }) => mediaId))], person);
      const accepted = acceptReports(reports, items);
      const ids = items.map(({ id }) => id);
      const before = await ofItems(personId, ids);
      for (const { report, item } of accepted) {
        const latest = unwritten.get(personId, item.id) ?? before.get(item.id); // another request may have come in between
        const next = nextPosition({ personId, report, item, arrivedAt }, latest);
        if (next) writer.put(next);
      }
      await writer.writeMany(personId);
    },
    async list(person, { state, limit, cursor }) {
      const { id: personId } = person;
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      const newer = unwritten.of(personId);
      const without = newer.map(({ mediaId }) => mediaId);
      const stored = await store.list(personId, { state, limit: limit + 1, after, without });
      const found = [...stored, ...newer.filter((record) => isListed(record, state, after))].toSorted(newestFirst);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      const ids = page.map(({ mediaId }) => mediaId);
      const items = await visibleItems(ids, person);
      return { entries: entriesOf(page, items), nextCursor: last ? encodeCursor(last) : null };
    },
  };
}

/** The reports on these items. @throws {Problem} invalid-request, for a position far beyond the end of its item. */
function acceptReports(
  reports: readonly PositionReport[],
  items: readonly ItemRecord[],
): Pick<ItemReport, 'report' | 'item'>[] {
  return reports.flatMap((report, index) => {
    const item = items.find(({ id }) => id === report.mediaId);
    if (!item) return [];
    refuseBeyondEnd(report, item, index);
    return [{ report, item }];
  });
}

/** Applies the conditions of a page to a position that the database does not have yet. */
function isListed(record: PositionRecord, state: PositionQuery['state'], after: PageEnd | undefined): boolean {
  if (after && newestFirst(after, record) >= 0) return false;
  if (state === 'watched') return record.isWatched;
  return state === undefined || (!record.isWatched && record.positionMs >= RESUME_FROM_SECONDS * 1000);
}

function entriesOf(page: readonly PositionRecord[], items: readonly ItemRecord[]): PositionEntry[] {
  return page.flatMap((position) => {
    const item = items.find(({ id }) => id === position.mediaId);
    return item ? [{ position, item }] : [];
  });
}
