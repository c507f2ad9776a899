import { Problem, type RetentionRuleChange, type ScopedRule } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import type { ItemStore } from '../library/items/item-store.ts';
import type { Library } from '../library/library.ts';
import type { PersonStore } from '../people/person-store.ts';
import { createCandidateStore } from './candidate-store.ts';
import { readCollectionRanks } from './collection-ranks.ts';
import { createDiskSpace } from './disk-space.ts';
import { createItemUses, type ItemUses } from './item-uses.ts';
import { readFollowedRules } from './followed-rules.ts';
import { createQuestionStore } from './question-store.ts';
import { createRetentionPlan } from './retention-plan.ts';
import { createRetentionQuestions, type RetentionQuestions } from './retention-questions.ts';
import { createRetentionSweep, type RetentionSweep } from './retention-sweep.ts';
import { createRuleStore } from './rule-store.ts';
import { createSpaceUse } from './space-use.ts';
import { createStorageReads, type StorageReads } from './storage-picture.ts';
import { createTrashRelief } from './trash-relief.ts';

/** Keeps the library within the space of its disk: rules by which items go, questions about unwatched ones, and what takes the space. */
export interface Retention extends StorageReads, Stoppable {
  readonly uses: Pick<ItemUses, 'note'>;
  readonly sweep: RetentionSweep;
  /** @throws {Problem} `not-found` when there is no such person or collection. */
  changeRule(change: RetentionRuleChange): Promise<ScopedRule[]>;
  readonly answer: RetentionQuestions['answer'];
  /** Sweeps now, because so many bytes are missing for a job. */
  relieve(bytes: number): void;
}

export interface RetentionOptions {
  readonly database: AppDatabase;
  readonly items: ItemStore;
  readonly library: Library;
  readonly people: Pick<PersonStore, 'get'>;
  readonly mediaDir: string;
  /** Part of the disk that may be in use, 0 to 1: STORAGE_LIMIT. */
  readonly storageLimit: number;
  /** The bytes that the downloads in progress still need. */
  readonly reservedBytes: () => number;
  /** Reports whether the station plays an item, or is going to because somebody has asked for it. */
  readonly isOnAir: (mediaId: string) => Promise<boolean>;
  /** Reports whether the media volume is present and recovered: otherwise nothing goes. */
  readonly isMediaReady: () => boolean;
  readonly logger: Logger;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

const EVERY_MS = 300_000;

/** Sweeps every five minutes, until it is stopped. */
export function startRetention({ clock = Date.now, ...options }: RetentionOptions): Retention {
  const { database, items, library, people, mediaDir, logger } = options;
  const ruleStore = createRuleStore(database);
  const uses = createItemUses(database, clock);
  const candidates = createCandidateStore({ database, lastUse: (mediaId) => uses.lastUse(mediaId) });
  const ranks = (mediaId?: string) => readCollectionRanks(database, mediaId);
  const rules = {
    list: async () => [...(await readFollowedRules(database)), ...(await ruleStore.list())],
  };
  const plan = createRetentionPlan({ rules, ranks, candidates, clock });
  const space = createDiskSpace(mediaDir, options.storageLimit);
  const questions = createQuestionStore(database);
  const asked = createRetentionQuestions({ database, questions, plan, library, items, logger, clock });
  const relief = createTrashRelief({ items, trash: library.trash, candidates, logger, clock });
  const sweep = createRetentionSweep({
    ...{ space, plan, questions: asked, relief, uses, trash: library.trash, logger, clock },
    ...{ database, isOnAir: options.isOnAir },
  });
  const reads = createStorageReads({
    ...{ items, people, ruleStore, space, plan, asked, reservedBytes: options.reservedBytes },
    use: createSpaceUse(database, mediaDir),
  });
  let wantedBytes = 0;
  const loop = startPeriodicLoop({
    name: 'retention',
    logger,
    everyMs: EVERY_MS,
    firstAfterMs: EVERY_MS,
    async run() {
      if (!options.isMediaReady()) return undefined;
      const bytes = wantedBytes;
      wantedBytes = 0;
      await sweep.run(bytes);
      return undefined;
    },
  });

  return {
    ...reads,
    uses,
    sweep,
    answer: (id, answer, personId) => asked.answer(id, answer, personId),
    async changeRule({ scope, rule }) {
      if (scope.kind === 'person' && !(await people.get(scope.id))) throw new Problem('not-found');
      if (scope.kind === 'collection' && !(await items.collections.get(scope.id))) throw new Problem('not-found');
      await ruleStore.change(scope, rule, clock());
      return reads.rules();
    },
    async stop() {
      await loop.stop();
      await uses.write().catch((error: unknown) => logger.error({ err: error }, 'uses of items not written'));
    },
    relieve(bytes) {
      wantedBytes = Math.max(wantedBytes, bytes);
      loop.runNow();
    },
  };
}
