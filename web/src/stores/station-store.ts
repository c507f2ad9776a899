import { signal } from '@preact/signals';
import type { ApiClient, Station } from '@linkcast/contracts';
import { failureSentence } from '../format/failure-sentence.ts';

export type StationStore = ReturnType<typeof createStationStore>;

/** What the station airs, kept fresh by events. */
export function createStationStore(api: Pick<ApiClient, 'getStation' | 'requestTrack' | 'skipTrack'>) {
  const station = signal<Station | null>(null);
  const failure = signal('');
  const put = (fresh: Station) => {
    station.value = fresh;
    failure.value = '';
  };

  return {
    station,
    /** Why the station is not known; empty when it is. */
    failure,
    put,
    load: async () => {
      try {
        put(await api.getStation());
      } catch (error) {
        failure.value = failureSentence(error);
      }
    },
    request: async (mediaId: string) => put(await api.requestTrack(mediaId)),
    skip: async () => put(await api.skipTrack()),
  };
}
