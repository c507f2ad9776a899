import { ApiUnavailable, type Work, type WorkClaim } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import { expect, test } from 'vitest';
import { startIdleLoop } from '../../src/worker/idle-loop.ts';
import { createIdleMachine } from '../../src/worker/idle-machine.ts';

const CLAIM: WorkClaim = { worker: 'w', instance: 'i', kind: 'decode', downloader: null };
const WORK: Work = { kind: 'decode', id: 'd', fence: 1, mediaId: 'm', renditions: [], hasFile: false };

/** The finds of the loop, turn by turn: a busy machine, a piece of work, nothing to do, an API that is away. */
type Turn = 'busy' | 'work' | 'nothing' | 'away';

/** @returns the seconds that the loop waits before each turn, and the pieces of work that it did. */
async function waitsOf(turns: readonly Turn[]): Promise<{ seconds: number[]; done: number }> {
  const seconds: number[] = [];
  let at = -1;
  let done = 0;
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const loop = startIdleLoop({
    client: {
      claimWork: () =>
        turns[at] === 'away'
          ? Promise.reject(new ApiUnavailable())
          : Promise.resolve({ work: turns[at] === 'work' ? WORK : null }),
    },
    claim: () => CLAIM,
    run: () => Promise.resolve(void (done += 1)),
    isMachineIdle: () => turns[at] !== 'busy',
    logger: createLogger({ service: 'test', level: 'silent' }),
    async wait(ms) {
      seconds.push(ms / 1000);
      at += 1;
      if (at < turns.length) return;
      end(undefined);
      await new Promise(setImmediate);
    },
  });
  await over;
  await loop.stop();
  return { seconds: seconds.slice(0, turns.length + 1), done };
}

test('a worker: looks for idle work two minutes after its start, then each minute, and does one piece after another', async () => {
  expect(await waitsOf(['nothing', 'work', 'work', 'nothing'])).toEqual({ seconds: [120, 60, 1, 1, 60], done: 2 });
});

test('a busy machine, or an API that is away: the work waits another minute', async () => {
  expect(await waitsOf(['busy', 'away', 'work'])).toEqual({ seconds: [120, 60, 60, 1], done: 1 });
});

test('a program of idle work: rests three times as long as it worked, and until the machine is idle', async () => {
  const loads = [0.9, 0.6, 0.4];
  const waits: number[] = [];
  const { rest } = createIdleMachine(
    () => loads.shift() ?? 0,
    (ms) => Promise.resolve(void waits.push(ms)),
  );
  await rest(1000, new AbortController().signal);
  expect(waits).toEqual([3000, 10_000, 10_000]);
});
