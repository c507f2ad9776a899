import { signal } from '@preact/signals';
import type { ApiClient, Station } from '@linkcast/contracts';
import type { SentenceOf } from '../format/failure-sentence.ts';

export type StationStore = ReturnType<typeof createStationStore>;

/** The state of the station, kept up to date by events. */
export function createStationStore(
  api: Pick<ApiClient, 'getStation' | 'requestTrack' | 'skipTrack'>,
  sentenceOf: SentenceOf,
) {
  const station = signal<Station | null>(null);
  const failure = signal('');
  const put = (fresh: Station) => {
    station.value = fresh;
    failure.value = '';
  };

  return {
    station,
    /** The sentence of the last failed read; empty after a successful one. */
    failure,
    put,
    load: async () => {
      try {
        put(await api.getStation());
      } catch (error) {
        failure.value = sentenceOf(error);
      }
    },
    request: async (mediaId: string) => put(await api.requestTrack(mediaId)),
    skip: async () => put(await api.skipTrack()),
  };
}
