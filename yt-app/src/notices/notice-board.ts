import type { Notice } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { Condition } from './condition.ts';
import { nextConditions } from './condition-lifecycle.ts';
import type { NoticeSource } from './notice-source.ts';
import type { NoticeStore } from './notice-store.ts';
import { openNotices } from './notice-view.ts';
import { createObservation } from './observation.ts';

export interface NoticeBoardOptions {
  readonly sources: readonly NoticeSource[];
  readonly store: NoticeStore;
  readonly logger: Logger;
  readonly clock?: () => number;
  /** Milliseconds that a source may take. Default 5,000. */
  readonly limitMs?: number;
}

/** The conditions of all sources, in memory and in the store. */
export interface NoticeBoard {
  /** The open conditions, the most urgent first. */
  open(): readonly Notice[];
  /** Reads the stored conditions. Once, before the first observation. */
  load(): Promise<void>;
  /** Observes all sources once, and saves their conditions. Not while an observation is in progress. */
  observe(): Promise<void>;
}

export function createNoticeBoard(options: NoticeBoardOptions): NoticeBoard {
  const { sources, store, logger, clock = Date.now, limitMs = 5000 } = options;
  const observed = sources.map((source) => ({
    name: source.name,
    observe: createObservation(source, { logger, limitMs }),
  }));
  const save = createSaving(store, logger);
  let conditions: readonly Condition[] = [];

  return {
    open: () => openNotices(conditions),
    async load() {
      conditions = await store.load();
    },
    async observe() {
      // The conditions of a source that an update has removed are dropped.
      const results = await Promise.all(
        observed.map(async ({ name, observe }) => {
          const own = conditions.filter(({ source }) => source === name);
          const found = await observe(lastingByCode(own));
          return found ? nextConditions(name, own, found, clock()) : own;
        }),
      );
      const next = results.flat();
      await save(next); // before they are shown: a notice that was reported keeps its key across a crash
      conditions = next;
    },
  };
}

/** Saves conditions. While the database fails they stay in memory, where its own failure is one of them. */
function createSaving(store: NoticeStore, logger: Logger): (conditions: readonly Condition[]) => Promise<void> {
  let hasFailed = false;
  return async (conditions) => {
    try {
      await store.save(conditions);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) logger.warn({ err: error }, 'conditions not saved');
      hasFailed = true;
    }
  };
}

function lastingByCode(conditions: readonly Condition[]): ReadonlyMap<string, Condition> {
  const lasting = conditions.filter(({ closedAtMs }) => closedAtMs === null);
  return new Map(lasting.map((condition) => [condition.code, condition]));
}
