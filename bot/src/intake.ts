import type { Database } from '@linkcast/kit';
import type { Courier } from './courier.ts';
import type { Sharer } from './sharer.ts';
import type { Submitter } from './submitter.ts';
import type { Visit } from './visit.ts';

export interface IntakeOptions {
  readonly database: Database;
  /** The numeric part of the token: update ids are counted for each bot. */
  readonly botId: number;
  readonly courier: Courier;
  readonly submitter: Submitter;
  readonly sharer: Pick<Sharer, 'wake'>;
}

/**
 * Where handlers hand over: what an update causes is written in one transaction with the id of the update, so an update
 * that Telegram delivers again causes nothing more, and one that was only half handled causes it all.
 */
export function createIntake({ database, botId, courier, submitter, sharer }: IntakeOptions) {
  const insert = database.prepare(
    'INSERT INTO updates (bot_id, update_id, seen_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    /** Runs `write` unless this update was handled before; then sets the workers on what it wrote. */
    handOver(visit: Visit, write: () => void): void {
      const isNew = database.transaction(() => {
        if (insert.run(botId, visit.updateId, Date.now()).changes === 0) return false;
        write();
        return true;
      })();
      if (!isNew) return;
      sharer.wake();
      courier.wake(visit.chatId);
      submitter.wake();
    },
  };
}

export type Intake = ReturnType<typeof createIntake>;
