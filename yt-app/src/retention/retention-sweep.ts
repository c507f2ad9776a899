import type { Logger } from '@linkcast/kit';
import { lockShares } from '../access/share-store.ts';
import type { AppDatabase } from '../database/app-database.ts';
import type { Trash } from '../library/trash/trash.ts';
import type { DiskSpace } from './disk-space.ts';
import type { ItemUses } from './item-uses.ts';
import type { RetentionPlan, PlannedItem } from './retention-plan.ts';
import { isDue, type RetentionQuestions } from './retention-questions.ts';
import type { TrashRelief } from './trash-relief.ts';

/** Frees space: the trash first, when space is short; then what the rules say. */
export interface RetentionSweep {
  /** @param wantedBytes that are missing for a job. Default 0. */
  run(wantedBytes?: number): Promise<void>;
}

export interface RetentionSweepOptions {
  readonly database: AppDatabase;
  readonly space: () => Promise<DiskSpace>;
  readonly plan: RetentionPlan;
  readonly questions: Pick<RetentionQuestions, 'update'>;
  readonly relief: TrashRelief;
  readonly trash: Pick<Trash, 'addIf' | 'restore'>;
  readonly uses: ItemUses;
  /** Reports whether the station plays an item, or is going to because somebody has asked for it. */
  readonly isOnAir: (mediaId: string) => Promise<boolean>;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** Items that a run takes: the rest follows in the next one. */
const MOST_TAKEN = 100;

export function createRetentionSweep(options: RetentionSweepOptions): RetentionSweep {
  const { plan, questions, relief, trash, uses, logger, clock } = options;

  /** Decides again in the transaction of the move: somebody may have pressed Play, Share or Keep since the plan was made. */
  const take = async ({ item: { id }, reason }: PlannedItem): Promise<void> => {
    if (await options.isOnAir(id)) return;
    const startedAt = clock();
    const isTaken = await trash.addIf(id, async () => {
      await lockShares(options.database, id); // a share that is being made is waited for
      const decision = await plan.one(id);
      return isDue(decision, clock()) && decision?.needsAnswer === false;
    });
    if (!isTaken) return;
    if ((uses.lastUse(id) ?? 0) >= startedAt)
      await trash.restore(id); // Play was pressed during the move
    else logger.info({ mediaId: id, reason }, 'media moved to trash by a rule');
  };

  return {
    async run(wantedBytes = 0) {
      await uses.write();
      const { missingBytes } = await options.space();
      const bytes = Math.max(missingBytes, wantedBytes);
      if (bytes > 0) await relief.free(bytes);
      const due = (await plan.all()).filter((planned) => isDue(planned, clock()));
      await questions.update(due.filter(({ needsAnswer }) => needsAnswer));
      for (const planned of due.filter(({ needsAnswer }) => !needsAnswer).slice(0, MOST_TAKEN)) await take(planned);
    },
  };
}
