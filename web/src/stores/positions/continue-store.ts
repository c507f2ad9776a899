import { computed, signal } from '@preact/signals';
import { resumeSecondsOf, type ApiClient, type Media } from '@linkcast/contracts';
import type { PositionStore } from './position-store.ts';

const MAX_ITEMS = 12;

export type ContinueStore = ReturnType<typeof createContinueStore>;

/** The items that the person has begun, the last played first. */
export function createContinueStore(api: Pick<ApiClient, 'listPositions'>, positions: PositionStore) {
  const listed = signal<readonly Media[]>([]);

  return {
    /** Those of them that are not watched meanwhile. */
    items: computed(() => listed.value.filter(({ id }) => resumeSecondsOf(positions.of(id)) > 0)),
    /** Reads the list; it stays as it is while the server is unreachable. */
    load: async (): Promise<void> => {
      if (!positions.isPersonal()) {
        listed.value = [];
        return;
      }
      await positions.flush(); // of the player that was just left
      const page = await api.listPositions({ state: 'continue', limit: MAX_ITEMS }).catch(() => undefined);
      if (!page || !positions.isPersonal()) return;
      positions.adopt(page.positions.map(({ media, ...position }) => ({ ...media, position })));
      listed.value = page.positions.map(({ media }) => media);
    },
    put: (item: Media): void => {
      listed.value = listed.value.map((other) => (other.id === item.id ? item : other));
    },
    remove: (id: string): void => {
      listed.value = listed.value.filter((item) => item.id !== id);
    },
  };
}
