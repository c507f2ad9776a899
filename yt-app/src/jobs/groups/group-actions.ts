import { isEnded, isProblem, Problem, type JobState } from '@linkcast/contracts';
import type { AppDatabase } from '../../database/app-database.ts';
import type { JobActions } from '../job-actions.ts';
import { LEASED_STATES } from '../job-lifecycle.ts';
import type { JobStore } from '../job-store.ts';
import type { JobRecord } from '../job-table.ts';
import type { JobGroup } from './group-children.ts';

export interface GroupActionsOptions {
  readonly store: Pick<JobStore, 'groups' | 'childrenIn'>;
  readonly database: AppDatabase;
  /** The same for each child. */
  readonly actions: JobActions;
}

/** Actions of people on parent jobs, which are done with the children. */
export interface GroupActions {
  /** Resolves when the programs of all children have ended. Those that had ended stay as they are. */
  cancel(group: JobGroup): Promise<JobGroup>;
  /** Queues the children again that have failed or were cancelled. */
  retry(group: JobGroup, personId: string | null): Promise<JobGroup>;
}

/** Rounds at most: a child that fails while the others are being cancelled may be queued again. */
const MOST_CANCELLATIONS = 5;

export function createGroupActions({ store, database, actions }: GroupActionsOptions): GroupActions {
  const need = async (id: string): Promise<JobGroup> => {
    const group = await store.groups.get(id);
    if (!group) throw new Problem('not-found');
    return group;
  };

  /** Cancels the children in these states. @returns their number */
  const cancelChildren = async (id: string, states: readonly JobState[]): Promise<number> => {
    const children = await store.childrenIn(id, states);
    await Promise.all(children.map((child) => cancelIfOpen(child, actions)));
    return children.length;
  };

  return {
    async cancel({ id, state }) {
      if (isEnded(state)) throw new Problem('conflict');
      await store.groups.setCancelled(id, true); // before the children: their last end derives the state from it
      for (let count = 0; count < MOST_CANCELLATIONS; count += 1) {
        // Those that wait first: none of them is to start when a running one ends.
        const waiting = await cancelChildren(id, ['queued']);
        const running = await cancelChildren(id, LEASED_STATES);
        if (waiting + running === 0) break;
      }
      return need(id);
    },
    retry: ({ id }, personId) =>
      database.transaction(async () => {
        const children = await store.childrenIn(id, ['failed', 'cancelled']);
        if (children.length === 0) throw new Problem('conflict');
        await store.groups.setCancelled(id, false);
        for (const child of children) await actions.retry(child, personId);
        return need(id);
      }),
  };
}

/** Cancels a child; one that has ended meanwhile stays as it is. */
async function cancelIfOpen({ id }: JobRecord, actions: JobActions): Promise<void> {
  try {
    await actions.cancel(id);
  } catch (error) {
    if (!isProblem(error) || error.code !== 'conflict') throw error;
  }
}
