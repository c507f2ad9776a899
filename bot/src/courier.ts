import { createChatLane, type LaneDeps } from './chat-lane.ts';

/** Brings letters and status messages to the chats, each chat at its own pace. */
export function createCourier(deps: LaneDeps) {
  const lanes = new Map<number, ReturnType<typeof createChatLane>>();
  const laneOf = (chatId: number) => {
    const lane = lanes.get(chatId) ?? createChatLane(chatId, deps);
    lanes.set(chatId, lane);
    return lane;
  };

  const wakeAll = (): void => {
    const { outbox, requests } = deps;
    for (const chatId of new Set([...outbox.chats(), ...requests.untoldChats()])) laneOf(chatId).wake();
  };

  return {
    /** There is something new for this chat, perhaps. */
    wake: (chatId: number): void => laneOf(chatId).wake(),
    /** Goes on with everything that the store and the outbox hold. */
    wakeAll,
    /** Telegram answers again: nothing waits any longer because it did not. */
    hurry(): void {
      for (const lane of lanes.values()) lane.hurry();
      wakeAll();
    },
    /** Resolves when no message is under way any more. */
    async stop(): Promise<void> {
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
}

export type Courier = ReturnType<typeof createCourier>;
