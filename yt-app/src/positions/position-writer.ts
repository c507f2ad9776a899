import { isProblem } from '@linkcast/contracts';
import { startPeriodicLoop, type Logger } from '@linkcast/kit';
import type { PersonStore } from '../people/person-store.ts';
import type { PositionStore } from './position-store.ts';
import type { PositionRecord } from './position-table.ts';
import { createUnwrittenPositions, type UnwrittenPositions } from './unwritten-positions.ts';

/** Keeps new positions in memory, and writes them every ten seconds: each at most once in that time. */
export interface PositionWriter {
  readonly unwritten: Pick<UnwrittenPositions, 'get' | 'of'>;
  put(record: PositionRecord): void;
  /** Writes the positions of a person now, if there are many of them. */
  writeMany(personId: string): Promise<void>;
  /** Drops the positions of a person. */
  endOf(personId: string): void;
  /** Resolves when everything is written, or could not be. */
  stop(): Promise<void>;
}

export interface PositionWriterOptions {
  readonly store: Pick<PositionStore, 'save'>;
  readonly people: Pick<PersonStore, 'whilePresent'>;
  readonly logger: Logger;
  /** Milliseconds between two writes of one position. Default 10,000. */
  readonly everyMs?: number;
}

const EVERY_MS = 10_000;
/** More than these of one person do not wait. */
const MAX_UNWRITTEN = 500;

export function startPositionWriter(options: PositionWriterOptions): PositionWriter {
  const { store, people, logger, everyMs = EVERY_MS } = options;
  const unwritten = createUnwrittenPositions();

  const write = async (personId: string): Promise<void> => {
    const records = unwritten.of(personId);
    try {
      await people.whilePresent(personId, () => store.save(records));
    } catch (error) {
      if (!isProblem(error) || error.code !== 'not-invited') throw error; // a removed person has no positions
    }
    unwritten.remove(records);
  };
  const writeAll = async (): Promise<undefined> => {
    for (const personId of unwritten.people()) await write(personId);
  };
  const loop = startPeriodicLoop({ name: 'positions', logger, run: writeAll, everyMs, firstAfterMs: everyMs });

  return {
    unwritten,
    put: (record) => unwritten.put(record),
    async writeMany(personId) {
      if (unwritten.of(personId).length > MAX_UNWRITTEN) await write(personId);
    },
    endOf: (personId) => unwritten.endOf(personId),
    async stop() {
      await loop.stop();
      await writeAll().catch((error: unknown) => logger.error({ err: error }, 'positions not written'));
    },
  };
}
