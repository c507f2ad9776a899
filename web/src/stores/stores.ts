import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiClient, LinkcastEvent, Media, Quality, Visibility } from '@linkcast/contracts';
import type { SentenceOf } from '../format/failure-sentence.ts';
import { withAdoptedPositions } from './positions/adopted-positions.ts';
import {
  pickAccountCalls,
  pickCookieCalls,
  pickDeliveryCalls,
  pickPeopleCalls,
  pickProfileCalls,
  pickStorageCalls,
  pickTrashCalls,
} from './calls/page-calls.ts';
import { createCallerStore } from './caller-store.ts';
import { createCollectionStore } from './library/collection-store.ts';
import { createContinueStore, type ContinueStore } from './positions/continue-store.ts';
import { createFollowingStore } from './following/following-store.ts';
import { createItemStore } from './library/item-store.ts';
import { createJobListStore } from './job-list-store.ts';
import { createLibraryStore } from './library/library-store.ts';
import { createPasskeyCalls } from './passkey-calls.ts';
import { createNoticeStore } from './notice-store.ts';
import { createPositionStore } from './positions/position-store.ts';
import { createPreferencesStore } from './preferences-store.ts';
import { createToastStore } from './toast-store.ts';
import { createShareLinks } from './library/share-links.ts';
import { createStationStore } from './station-store.ts';
import { createUploadStore } from '../uploads/upload-store.ts';
import type { ResumePositions } from './positions/resume-positions.ts';

export type Stores = ReturnType<typeof createStores>;

/** The stores that hold what events change. */
type LiveStores = ReturnType<typeof createLiveStores>;

/** Creates the stores that the pages read. @param local the positions of guests and visitors */
export function createStores(api: ApiClient, local: ResumePositions, sentenceOf: SentenceOf) {
  const caller = createCallerStore(api, sentenceOf);
  const positions = createPositionStore({ api, caller, local });
  const continued = createContinueStore(api, positions);
  const live = createLiveStores({ ...api, ...withAdoptedPositions(api, positions) }, continued, sentenceOf);
  return {
    ...live,
    ...createReading(live),
    ...createItemEditing(api, live),
    caller,
    preferences: createPreferencesStore({ api, caller }),
    notices: createNoticeStore(api),
    shares: createShareLinks(api),
    account: pickAccountCalls(api),
    passkeys: createPasskeyCalls(api),
    people: pickPeopleCalls(api),
    trash: pickTrashCalls(api),
    storage: pickStorageCalls(api),
    ...{ profiles: pickProfileCalls(api), cookies: pickCookieCalls(api), deliveries: pickDeliveryCalls(api) },
    activity: { listActivity: api.listActivity },
    itemJobs: {
      makeAudio: (id: string) => api.makeAudio(id),
      fetch: (id: string, quality?: Quality) => api.fetchMedia(id, quality && { quality }),
    },
    ...{ positions, toasts: createToastStore(sentenceOf), uploads: createUploadStore() },
    findAudio: (q: string) => findAudio(api, q),
    /** Applies an event of the server to the stores. */
    apply: (event: LinkcastEvent) => applyEvent(event, live),
  };
}

function createLiveStores(api: ApiClient, continued: ContinueStore, sentenceOf: SentenceOf) {
  return {
    continued,
    library: createLibraryStore(api, sentenceOf),
    items: createItemStore(api, sentenceOf),
    jobs: createJobListStore(api, sentenceOf),
    collections: createCollectionStore(api),
    following: createFollowingStore(api),
    station: createStationStore(api, sentenceOf),
  };
}

function createReading(live: LiveStores) {
  const { library, items, station, collections } = live;
  return {
    /** Reads everything again, after events were missed. */
    reload: () => reload(live),
    /** Reads again what is on the page, for callers who may not subscribe to events. */
    poll: async () => {
      collections.note();
      await Promise.all([library.refresh(), items.reload(), station.station.value && station.load()]);
    },
  };
}

async function reload({ library, continued, items, jobs, station, ...others }: LiveStores): Promise<void> {
  others.collections.note();
  others.following.note();
  await Promise.all([library.load(), continued.load(), items.reload(), jobs.load(), station.load()]);
}

function createItemEditing(api: Pick<ApiClient, 'patchMedia' | 'deleteMedia' | 'restoreMedia'>, live: LiveStores) {
  return {
    rename: async (id: string, title: string) => putItem(await api.patchMedia(id, { title }), live),
    setVisibility: async (id: string, visibility: Visibility) =>
      putItem(await api.patchMedia(id, { visibility }), live),
    /** Sets or removes the mark that no retention rule takes an item. */
    setKept: async (id: string, isKept: boolean) => putItem(await api.patchMedia(id, { isKept }), live),
    /** Moves an item to the trash. */
    delete: async (id: string) => {
      await api.deleteMedia(id);
      removeItem(id, live);
    },
    restore: async (id: string) => putItem(await api.restoreMedia(id), live),
  };
}

function putItem(item: Media, { library, continued, items }: LiveStores): void {
  library.put(item);
  continued.put(item);
  items.put(item);
}

function removeItem(id: string, { library, continued, items }: LiveStores): void {
  library.remove(id);
  continued.remove(id);
  items.remove(id);
}

/** Finds up to 8 finished audio items that match a query. */
async function findAudio(api: Pick<ApiClient, 'listMedia'>, q: string): Promise<readonly Media[]> {
  const { media } = await api.listMedia({ type: 'audio', limit: 8, ...(q !== '' && { q }) });
  return media.filter(({ state }) => state === 'ready');
}

function applyEvent(event: LinkcastEvent, live: LiveStores): void {
  switch (event.name) {
    case 'job':
      live.jobs.put(event.data);
      break;
    case 'job-hidden':
      live.jobs.remove(event.data.id);
      break;
    case 'media':
      putItem(event.data, live);
      break;
    case 'media-deleted':
      removeItem(event.data.id, live);
      break;
    case 'collection':
      live.collections.note();
      break;
    case 'following':
      live.following.note();
      break;
    case 'station':
      live.station.put(event.data);
      break;
    case 'reset':
      void reload(live);
  }
}

const StoresContext = createContext<Stores | undefined>(undefined);
export const StoresProvider = StoresContext.Provider;

/** Returns the stores of the page. */
export function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error('useStores was called outside StoresProvider');
  return stores;
}
