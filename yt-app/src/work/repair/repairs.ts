import { isEnded, isProblem, type MediaDamage } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger, type Stoppable } from '@linkcast/kit';
import type { AppDatabase } from '../../database/app-database.ts';
import { parseSourceUrl } from '../../egress/source-url.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { JobRecord } from '../../jobs/job-table.ts';
import type { ItemStore } from '../../library/items/item-store.ts';
import type { ItemRecord } from '../../library/items/item-table.ts';
import type { Library } from '../../library/library.ts';
import type { PersonReads } from '../../people/person-reads.ts';
import { randomId } from '../../random-id.ts';
import { repairStep } from './repair-step.ts';

/** Downloads the items again whose files were found damaged, as jobs of nobody that only owners see. */
export interface Repairs {
  /** Starts the repairs that are due, and notes at the items how far theirs have come. */
  run(): Promise<void>;
  /**
   * Within a transaction: somebody wants a damaged item. Its repair begins, however many others are open.
   *
   * @returns false when the item is not, or not any more, downloaded again.
   */
  begin(mediaId: string): Promise<boolean>;
}

export interface RepairsOptions {
  readonly database: AppDatabase;
  readonly library: Pick<Library, 'scrub'>;
  readonly items: Pick<ItemStore, 'getListed' | 'lock' | 'setDamage'>;
  readonly store: Pick<JobStore, 'get' | 'insert' | 'lastRepair' | 'repairedItems'>;
  readonly people: Pick<PersonReads, 'get'>;
  /** Announces a queued job to the workers. */
  readonly queue: { wake(): void };
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Repairs that are queued or running at once: a failing disk may damage the whole library. */
const MOST_AT_ONCE = 2;
const EVERY_MS = 300_000;
const FIRST_AFTER_MS = 30_000;

export function createRepairs(options: RepairsOptions): Repairs {
  const { database, library, items, store, queue, logger } = options;

  const insertJob = async (item: ItemRecord, url: URL): Promise<string> => {
    const former = item.jobId === null ? undefined : await store.get(item.jobId);
    const { type, sourceKey, id: repairs } = item;
    const ofNobody = { personId: null, visibility: 'mine' } as const;
    const job = { id: randomId(), mediaId: randomId(), createdAt: Date.now(), quality: former?.quality ?? 'best' };
    return (await store.insert({ ...job, ...ofNobody, type, sourceKey, repairs, url: url.href })).id;
  };
  const noteFailed = async (id: string, damage: MediaDamage): Promise<false> => {
    await items.setDamage(id, { ...damage, repair: 'failed' });
    database.afterCommit(() => logger.warn({ mediaId: id }, 'damaged item not downloaded again'));
    return false;
  };
  const start = async (item: ItemRecord, damage: MediaDamage): Promise<boolean> => {
    const url = await sourceOf(item, options);
    if (!url) return noteFailed(item.id, damage);
    const jobId = await insertJob(item, url);
    await items.setDamage(item.id, { ...damage, repair: 'running' });
    database.afterCommit(() => logger.info({ mediaId: item.id, jobId }, 'damaged item is downloaded again'));
    return true;
  };
  /** @returns true when a job was queued. */
  const advance = (id: string): Promise<boolean> =>
    database.transaction(async () => {
      await items.lock(id);
      const item = await items.getListed(id);
      if (item?.damage?.cause !== 'storage') return false;
      const { damage } = item;
      const step = repairStep(damage.repair, (await store.lastRepair(id))?.state);
      if (step === 'start') return (await store.repairedItems()).length < MOST_AT_ONCE && start(item, damage);
      if (step === 'note-running') await items.setDamage(id, { ...damage, repair: 'running' });
      return step === 'note-failed' && noteFailed(id, damage);
    });

  return {
    async run() {
      for (const { id } of await library.scrub.damaged()) if (await advance(id)) queue.wake();
    },
    async begin(id) {
      await items.lock(id);
      const item = await items.getListed(id);
      if (item?.damage?.cause !== 'storage') return false;
      const last = await store.lastRepair(id);
      if (last && !isEnded(last.state)) return true;
      const isStarted = repairStep(item.damage.repair, last?.state) === 'start' && (await start(item, item.damage));
      if (isStarted) database.afterCommit(() => queue.wake());
      return isStarted;
    },
  };
}

/** The source of an item that may be downloaded again; undefined: it is unknown or forbidden, or the person was removed. */
async function sourceOf(
  { sourceUrl, personId }: ItemRecord,
  { people, allowPrivate }: Pick<RepairsOptions, 'people' | 'allowPrivate'>,
): Promise<URL | undefined> {
  if (personId !== null && !(await people.get(personId))) return undefined;
  try {
    return parseSourceUrl(sourceUrl, allowPrivate);
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}

export interface RepairingOptions extends RepairsOptions {
  /** Reports whether the media volume is present and recovered: nothing starts otherwise. */
  readonly isMediaReady: () => boolean;
  readonly logger: Pick<Logger, 'error' | 'info' | 'warn'>;
}

/** Repairs damaged items in the background. */
export interface Repairing extends Stoppable, Pick<Repairs, 'begin'> {
  /** Notes that a job has changed. */
  note(job: Pick<JobRecord, 'repairs' | 'state'>): void;
}

/** Runs the repairs every five minutes, and when one of their jobs has ended. */
export function startRepairing({ isMediaReady, ...options }: RepairingOptions): Repairing {
  const repairs = createRepairs(options);
  const loop = startPeriodicLoop({
    name: 'repairs',
    logger: options.logger,
    firstAfterMs: FIRST_AFTER_MS,
    everyMs: EVERY_MS,
    async run() {
      if (isMediaReady()) await repairs.run();
      return undefined;
    },
  });
  return {
    note({ repairs: mediaId, state }) {
      if (mediaId !== null && isEnded(state)) loop.runNow();
    },
    begin: (mediaId) => repairs.begin(mediaId),
    stop: () => loop.stop(),
  };
}
