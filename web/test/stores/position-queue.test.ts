import { ApiUnavailable, Problem } from '@linkcast/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPositionQueue, type PositionQueue, type Reports } from '../../src/stores/positions/position-queue.ts';

let sent: Reports[];
let last: Reports[];
let answer: () => Promise<void>;
let queue: PositionQueue;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
  [sent, last] = [[], []];
  answer = () => Promise.resolve();
  queue = createPositionQueue({
    send: (reports) => {
      sent.push(reports);
      return answer();
    },
    sendLast: (reports) => last.push(reports),
  });
});
afterEach(() => vi.useRealTimers());

test('positions of several items: are sent together, the newest of each, with their ages', async () => {
  queue.put('a', 10);
  queue.put('b', 20);
  vi.setSystemTime(1_005_000);
  queue.put('a', 15);
  vi.setSystemTime(1_006_000);
  await queue.flush();
  expect(sent).toEqual([
    [
      { mediaId: 'a', seconds: 15, agedMs: 1000 },
      { mediaId: 'b', seconds: 20, agedMs: 6000 },
    ],
  ]);
  await queue.flush();
  expect(sent).toHaveLength(1);
});

test('a server that does not answer: the position is sent again, older, unless there is a newer one', async () => {
  answer = () => Promise.reject(new ApiUnavailable('down'));
  queue.put('a', 10);
  queue.put('b', 20);
  await queue.flush();
  answer = () => Promise.resolve();
  vi.setSystemTime(1_060_000);
  queue.put('a', 70);
  await queue.flush();
  expect(sent[1]).toEqual([
    { mediaId: 'a', seconds: 70, agedMs: 0 },
    { mediaId: 'b', seconds: 20, agedMs: 60_000 },
  ]);
});

test('a refused position: is not sent again', async () => {
  answer = () => Promise.reject(new Problem('invalid-request'));
  queue.put('a', 10);
  await queue.flush();
  await queue.flush();
  expect(sent).toHaveLength(1);
});

test('a position on its way while the page is left: is sent once more, because the page ends its request', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  answer = () => promise.then(() => undefined);
  queue.put('a', 10);
  const flushed = queue.flush();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(queue.has('a')).toBe(true);
  queue.put('b', 20);
  queue.leave();
  expect(last).toMatchObject([[{ mediaId: 'b' }, { mediaId: 'a' }]]);
  queue.leave(); // pages are hidden first, then left
  expect(last).toHaveLength(1);
  resolve(undefined);
  await flushed;
});

test('a queue that is cleared during a request that fails: stays empty', async () => {
  const { promise, reject } = Promise.withResolvers<undefined>();
  answer = () => promise.then(() => undefined);
  queue.put('a', 10);
  const flushed = queue.flush();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  queue.clear();
  reject(new ApiUnavailable('down'));
  await flushed;
  queue.leave();
  expect(last).toEqual([]);
});

test('a clock that was set back: gives no negative age', async () => {
  queue.put('a', 10);
  vi.setSystemTime(900_000);
  await queue.flush();
  expect(sent).toEqual([[{ mediaId: 'a', seconds: 10, agedMs: 0 }]]);
});
