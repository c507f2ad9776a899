import type { Chats } from './chats.ts';
import type { CommandMenus } from './command-menus.ts';
import type { createUpdateQueue } from './update-queue.ts';

interface BotUser {
  readonly id: number;
  readonly is_bot: true;
  readonly first_name: string;
  readonly username: string;
}

/** The state that the methods read and change. */
export interface BotApiState {
  readonly bot: BotUser;
  readonly chats: Chats;
  readonly updates: ReturnType<typeof createUpdateQueue>;
  /** Callback queries that wait for an answer; an answered or unknown id is refused. */
  readonly openQueries: Set<string>;
  readonly webhook: { url: string };
  /** Content of each file on the server, by file id. */
  readonly files: Map<string, Buffer>;
  /** The paths of files as a local server gives them, by file id. */
  readonly placedFiles: Map<string, string>;
  readonly commandMenus: CommandMenus;
}
