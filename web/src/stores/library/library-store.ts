import { signal } from '@preact/signals';
import type { ApiClient, Media } from '@linkcast/contracts';
import type { SentenceOf } from '../../format/failure-sentence.ts';
import { withItem, withoutItem, withPage, type LibraryList, type LibraryQuery } from './library-list.ts';

const PAGE_SIZE = 30;

export type LoadPhase = 'loading' | 'ready' | 'failed';

/** The result of one library query, read page by page and kept up to date by events. */
export function createLibraryStore(api: Pick<ApiClient, 'listMedia'>, sentenceOf: SentenceOf) {
  const query = signal<LibraryQuery>({ type: undefined, q: '', sort: 'newest' });
  const list = signal<LibraryList>({ items: [], nextCursor: null });
  const phase = signal<LoadPhase>('loading');
  const failure = signal('');
  let generation = 0; // responses to an earlier query are dropped

  async function read(cursor: string | null): Promise<void> {
    const requested = cursor === null ? ++generation : generation;
    const { type, q, sort } = query.value;
    phase.value = 'loading';
    try {
      const page = await api.listMedia({
        sort,
        limit: PAGE_SIZE,
        ...(type && { type }),
        ...(q !== '' && { q }),
        ...(cursor !== null && { cursor }),
      });
      if (requested !== generation) return;
      const fresh: LibraryList = { items: page.media, nextCursor: page.nextCursor };
      list.value = cursor === null ? fresh : withPage(list.value, fresh);
      phase.value = 'ready';
    } catch (error) {
      if (requested !== generation) return;
      failure.value = sentenceOf(error);
      phase.value = 'failed';
    }
  }

  return {
    query,
    list,
    phase,
    failure,
    load: () => read(null),
    /** Reads the next page, or the first when none was read. */
    loadMore: async () => {
      const { items, nextCursor } = list.value;
      if (phase.value === 'loading') return;
      if (nextCursor !== null || items.length === 0) await read(nextCursor);
    },
    /** Changes the query, clears the list and reads the first page. */
    search: (change: Partial<LibraryQuery>) => {
      query.value = { ...query.value, ...change };
      list.value = { items: [], nextCursor: null };
      return read(null);
    },
    /** Merges the first page into the list; the list stays as it is while the server is unreachable. */
    refresh: async () => {
      const { type, q, sort } = query.value;
      const requested = generation;
      const page = await api
        .listMedia({ sort, limit: PAGE_SIZE, ...(type && { type }), ...(q !== '' && { q }) })
        .catch(() => undefined); // the next poll may succeed
      if (!page || requested !== generation || phase.value !== 'ready') return;
      for (const item of page.media) list.value = withItem(list.value, item, query.value);
    },
    put: (item: Media) => (list.value = withItem(list.value, item, query.value)),
    remove: (id: string) => (list.value = withoutItem(list.value, id)),
  };
}
