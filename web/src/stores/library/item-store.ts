import { signal, type Signal } from '@preact/signals';
import { isProblem, type ApiClient, type Media } from '@linkcast/contracts';
import type { SentenceOf } from '../../format/failure-sentence.ts';

/** The state of the item on an open page. */
export type ItemState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'found'; readonly item: Media }
  /** `jobId`: its job, when known; the problem of that job explains a failed download. */
  | { readonly phase: 'deleted'; readonly jobId: string | null }
  | { readonly phase: 'failed'; readonly sentence: string };

/** The items on open pages, each kept up to date until it is closed. */
export function createItemStore(api: Pick<ApiClient, 'getMedia'>, sentenceOf: SentenceOf) {
  const opened = new Map<string, Signal<ItemState>>();

  async function load(id: string): Promise<void> {
    const state = opened.get(id);
    if (!state) return;
    try {
      state.value = { phase: 'found', item: await api.getMedia(id) };
    } catch (error) {
      if (isProblem(error) && error.code === 'not-found') state.value = deleted(state.value);
      // An item on the screen stays there while the server is unreachable.
      else if (state.value.phase !== 'found') state.value = { phase: 'failed', sentence: sentenceOf(error) };
    }
  }

  return {
    open: (id: string): Signal<ItemState> => {
      const state = opened.get(id) ?? signal<ItemState>({ phase: 'loading' });
      opened.set(id, state);
      return state;
    },
    close: (id: string) => opened.delete(id),
    load,
    reload: async () => {
      await Promise.all([...opened.keys()].map(load));
    },
    put: (item: Media) => {
      const state = opened.get(item.id);
      if (state) state.value = { phase: 'found', item };
    },
    remove: (id: string) => {
      const state = opened.get(id);
      if (state) state.value = deleted(state.value);
    },
  };
}

function deleted(before: ItemState): ItemState {
  return { phase: 'deleted', jobId: before.phase === 'found' ? before.item.jobId : null };
}
