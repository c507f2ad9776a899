import type { Database } from '@linkcast/kit';
import type { PersonUpdate } from '../telegram/person-update.ts';

export interface ProcessedUpdatesOptions {
  readonly database: Database;
  /** The numeric part of the token: Telegram counts update ids for each bot. */
  readonly botId: number;
  /** Called after an update's changes have been committed. */
  readonly onCommit: (chatId: number) => void;
}

/**
 * The ids of the updates that were handled, in the database. The changes of an update are committed in one transaction
 * with its id: an update that Telegram delivers twice changes nothing the second time, and an update whose handler
 * failed has changed nothing and can be handled again.
 */
export function createProcessedUpdates({ database, botId, onCommit }: ProcessedUpdatesOptions) {
  const insert = database.prepare(
    'INSERT INTO updates (bot_id, update_id, seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  let committed: (() => void)[] = [];
  return {
    /** Runs `write` in a transaction, unless this update was handled before. */
    runOnce(update: PersonUpdate, write: () => void): void {
      committed = [];
      const isNew = database.transaction(() => {
        if (insert.run(botId, update.updateId, Date.now()).changes === 0) return false;
        write();
        return true;
      })();
      if (!isNew) return;
      for (const run of committed) run();
      onCommit(update.chatId);
    },
    /** Within `write`: calls a function when the changes are committed. */
    afterCommit: (run: () => void): void => void committed.push(run),
  };
}

export type ProcessedUpdates = ReturnType<typeof createProcessedUpdates>;
