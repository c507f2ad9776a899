import { tooManyRequests } from './failure.ts';

/** Refuses calls that write to one chat faster than `perSecond`, as the cloud does with edits. */
export function createPace(perSecond: number) {
  const last = new Map<number, number>();
  return (chatId: number): void => {
    const now = Date.now();
    const wait = (last.get(chatId) ?? 0) + 1000 / perSecond - now;
    if (wait > 0) throw tooManyRequests(Math.ceil(wait / 1000));
    last.set(chatId, now);
  };
}
