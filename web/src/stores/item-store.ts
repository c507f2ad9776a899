import { signal, type Signal } from '@preact/signals';
import { isProblem, type ApiClient, type Media } from '@linkcast/contracts';
import { failureSentence } from '../format/failure-sentence.ts';

/** What is known of the item whose page is open. */
export type ItemState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'found'; readonly item: Media }
  /** The job that brought it, where it is known: it may say why. */
  | { readonly phase: 'gone'; readonly jobId: string | null }
  | { readonly phase: 'failed'; readonly sentence: string };

/** The items whose pages are open, each kept fresh until it is closed. */
export function createItemStore(api: Pick<ApiClient, 'getMedia'>) {
  const opened = new Map<string, Signal<ItemState>>();

  async function load(id: string): Promise<void> {
    const state = opened.get(id);
    if (!state) return;
    try {
      state.value = { phase: 'found', item: await api.getMedia(id) };
    } catch (error) {
      if (isProblem(error) && error.code === 'not-found') state.value = gone(state.value);
      // What is already on the screen stays there while the server is away.
      else if (state.value.phase !== 'found') state.value = { phase: 'failed', sentence: failureSentence(error) };
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
      if (state) state.value = gone(state.value);
    },
  };
}

function gone(before: ItemState): ItemState {
  return { phase: 'gone', jobId: before.phase === 'found' ? before.item.jobId : null };
}
