import type { Logger } from '@linkcast/kit';
import type { AppDatabase } from '../database/app-database.ts';
import { createPersonStore } from '../people/person-store.ts';
import { createPositionStore } from './position-store.ts';
import { startPositionWriter } from './position-writer.ts';
import { createPositions, type Positions, type PositionsOptions } from './positions.ts';

/** The positions, with what the service needs to remove a person's, and to stop. */
export interface PositionParts {
  readonly positions: Positions;
  /** Deletes all positions of a person, within the caller's transaction. */
  readonly endOf: (personId: string) => Promise<void>;
  /** Resolves when everything is written, or could not be. */
  readonly stop: () => Promise<void>;
}

export interface PositionPartsOptions extends Pick<PositionsOptions, 'items' | 'clock'> {
  readonly database: AppDatabase;
  readonly logger: Logger;
}

export function startPositionParts({ database, logger, ...options }: PositionPartsOptions): PositionParts {
  const store = createPositionStore(database);
  const writer = startPositionWriter({ store, people: createPersonStore(database), logger });
  return {
    positions: createPositions({ store, writer, ...options }),
    async endOf(personId) {
      writer.endOf(personId);
      await store.endOf(personId);
    },
    stop: () => writer.stop(),
  };
}
