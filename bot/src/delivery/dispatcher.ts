import { startChatQueue, type ChatQueueDeps } from './chat-queue.ts';

/** Delivers messages and status messages, each chat through a queue of its own. */
export function createDispatcher(deps: ChatQueueDeps) {
  const queues = new Map<number, ReturnType<typeof startChatQueue>>();
  const queueOf = (chatId: number) => {
    const queue = queues.get(chatId) ?? startChatQueue(chatId, deps);
    queues.set(chatId, queue);
    return queue;
  };

  const wakeAll = (): void => {
    const { outbox, requests } = deps;
    for (const chatId of new Set([...outbox.chats(), ...requests.unreportedChats()])) queueOf(chatId).wake();
  };

  return {
    /** Delivers what is due in this chat: something has changed. */
    wake: (chatId: number): void => queueOf(chatId).wake(),
    /** Delivers what the request store and the outbox hold. */
    wakeAll,
    /** Retries all pending deliveries now instead of waiting for their back-off. */
    retryNow(): void {
      for (const queue of queues.values()) queue.retryNow();
      wakeAll();
    },
    /** Resolves when no call to Telegram is in progress. */
    async stop(): Promise<void> {
      await Promise.all([...queues.values()].map((queue) => queue.stop()));
    },
  };
}

export type Dispatcher = ReturnType<typeof createDispatcher>;
