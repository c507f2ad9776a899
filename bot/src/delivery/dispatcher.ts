import { createChatQueue, type ChatQueueDeps } from './chat-queue.ts';

/** Brings messages and status messages to the chats, each chat at its own pace. */
export function createDispatcher(deps: ChatQueueDeps) {
  const queues = new Map<number, ReturnType<typeof createChatQueue>>();
  const queueOf = (chatId: number) => {
    const queue = queues.get(chatId) ?? createChatQueue(chatId, deps);
    queues.set(chatId, queue);
    return queue;
  };

  const wakeAll = (): void => {
    const { outbox, requests } = deps;
    for (const chatId of new Set([...outbox.chats(), ...requests.unreportedChats()])) queueOf(chatId).wake();
  };

  return {
    /** There is something new for this chat, perhaps. */
    wake: (chatId: number): void => queueOf(chatId).wake(),
    /** Goes on with everything that the store and the outbox hold. */
    wakeAll,
    /** Telegram answers again: nothing waits any longer because it did not. */
    retryNow(): void {
      for (const queue of queues.values()) queue.retryNow();
      wakeAll();
    },
    /** Resolves when no message is under way any more. */
    async stop(): Promise<void> {
      await Promise.all([...queues.values()].map((queue) => queue.stop()));
    },
  };
}

export type Dispatcher = ReturnType<typeof createDispatcher>;
