import { signal } from '@preact/signals';
import type { ApiClient, Media } from '@linkcast/contracts';
import { failureSentence } from '../format/failure-sentence.ts';
import { withItem, withoutItem, withPage, type LibraryList, type LibraryQuery } from './library-list.ts';

const PAGE_SIZE = 30;

export type LoadPhase = 'loading' | 'ready' | 'failed';

/** The library as the person asked for it: one query, read page by page, kept fresh by events. */
export function createLibraryStore(api: Pick<ApiClient, 'listMedia'>) {
  const query = signal<LibraryQuery>({ type: undefined, q: '', sort: 'newest' });
  const list = signal<LibraryList>({ items: [], nextCursor: null });
  const phase = signal<LoadPhase>('loading');
  const failure = signal('');
  let generation = 0; // an answer to an older question is dropped

  async function read(cursor: string | null): Promise<void> {
    const asked = cursor === null ? ++generation : generation;
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
      if (asked !== generation) return;
      const read: LibraryList = { items: page.media, nextCursor: page.nextCursor };
      list.value = cursor === null ? read : withPage(list.value, read);
      phase.value = 'ready';
    } catch (error) {
      if (asked !== generation) return;
      failure.value = failureSentence(error);
      phase.value = 'failed';
    }
  }

  return {
    query,
    list,
    phase,
    failure,
    load: () => read(null),
    /** Reads the next page; the first when there is none yet. */
    loadMore: async () => {
      const { items, nextCursor } = list.value;
      if (phase.value === 'loading') return;
      if (nextCursor !== null || items.length === 0) await read(nextCursor);
    },
    /** Asks a new question; the old answer leaves the page at once. */
    ask: (change: Partial<LibraryQuery>) => {
      query.value = { ...query.value, ...change };
      list.value = { items: [], nextCursor: null };
      return read(null);
    },
    /** Brings what is new or changed on the first page into the list; what is shown stays while the server is away. */
    refresh: async () => {
      const { type, q, sort } = query.value;
      const asked = generation;
      const page = await api
        .listMedia({ sort, limit: PAGE_SIZE, ...(type && { type }), ...(q !== '' && { q }) })
        .catch(() => undefined); // the next time may bring it
      if (!page || asked !== generation || phase.value !== 'ready') return;
      for (const item of page.media) list.value = withItem(list.value, item, query.value);
    },
    put: (item: Media) => (list.value = withItem(list.value, item, query.value)),
    remove: (id: string) => (list.value = withoutItem(list.value, id)),
  };
}
