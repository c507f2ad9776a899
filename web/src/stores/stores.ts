import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiClient, LinkcastEvent } from '@linkcast/contracts';
import type { SentenceOf } from '../format/failure-sentence.ts';
import { createCallerStore } from './caller-store.ts';
import { createItemStore } from './item-store.ts';
import { createJobListStore } from './job-list-store.ts';
import { createLibraryStore } from './library-store.ts';
import { createToastStore } from './toast-store.ts';
import { createShareLinks } from './share-links.ts';
import { createStationStore } from './station-store.ts';
import type { ResumePositions } from './resume-positions.ts';

export type Stores = ReturnType<typeof createStores>;

/** Creates the stores that the pages read. */
export function createStores(api: ApiClient, positions: ResumePositions, sentenceOf: SentenceOf) {
  const library = createLibraryStore(api, sentenceOf);
  const items = createItemStore(api, sentenceOf);
  const jobs = createJobListStore(api, sentenceOf);
  const station = createStationStore(api, sentenceOf);

  const putItem: typeof items.put = (item) => {
    library.put(item);
    items.put(item);
  };
  const removeItem = (id: string) => {
    library.remove(id);
    items.remove(id);
  };
  const reload = async () => {
    await Promise.all([library.load(), items.reload(), jobs.load(), station.load()]);
  };
  /** Reads again what is on the page, for callers who may not subscribe to events. */
  const poll = async () => {
    await Promise.all([library.refresh(), items.reload(), station.station.value && station.load()]);
  };

  const { listSessions, endSession, createSignInCode, health } = api;

  return {
    caller: createCallerStore(api, sentenceOf),
    shares: createShareLinks(api),
    /** API calls of the account dialog, which keeps their results itself. */
    account: { listSessions, endSession, createSignInCode, health },
    library,
    items,
    jobs,
    station,
    positions,
    toasts: createToastStore(sentenceOf),
    reload,
    poll,
    rename: async (id: string, title: string) => putItem(await api.patchMedia(id, { title })),
    delete: async (id: string) => {
      await api.deleteMedia(id);
      removeItem(id);
    },
    /** Finds up to 8 finished audio items that match a query. */
    findAudio: async (q: string) => {
      const { media } = await api.listMedia({ type: 'audio', limit: 8, ...(q !== '' && { q }) });
      return media.filter(({ state }) => state === 'ready');
    },
    /** Applies an event of the server to the stores. */
    apply: (event: LinkcastEvent): void => {
      switch (event.name) {
        case 'job':
          jobs.put(event.data);
          break;
        case 'media':
          putItem(event.data);
          break;
        case 'media-deleted':
          removeItem(event.data.id);
          break;
        case 'station':
          station.put(event.data);
          break;
        case 'reset':
          void reload();
      }
    },
  };
}

const StoresContext = createContext<Stores | undefined>(undefined);
export const StoresProvider = StoresContext.Provider;

/** Returns the stores of the page. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('useStores was called outside StoresProvider');
  return stores;
}
