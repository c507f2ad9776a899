import type { BotAccount } from '@linkcast/contracts';

/**
 * The bot as it reported itself, in memory: its key for `initData` signs in anybody as anybody, so it is not stored, and the bot
 * sends it at each start.
 */
export interface BotAccountMemory {
  set(account: BotAccount): void;
  /** User name without @; null until the bot has sent it. */
  name(): string | null;
  /** The key that checks `initData`; null until the bot has sent it. */
  miniAppKey(): Buffer | null;
}

export function createBotAccountMemory(): BotAccountMemory {
  let name: string | null = null;
  let miniAppKey: Buffer | null = null;
  return {
    set(account) {
      name = account.name;
      miniAppKey = Buffer.from(account.miniAppKey, 'hex');
    },
    name: () => name,
    miniAppKey: () => miniAppKey,
  };
}
