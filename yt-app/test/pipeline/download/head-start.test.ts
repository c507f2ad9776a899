import { readFile } from 'node:fs/promises';
import { minimalEnvironment, startProgram, type Program } from '@linkcast/kit';
import { until } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHeadStart } from '../../../src/pipeline/download/head-start.ts';
import type { TrackPlan } from '../../../src/pipeline/plan/track-plan.ts';

const trackOf = (name: string, primary: boolean): TrackPlan => ({
  name,
  formatId: name,
  delivery: 'piped',
  continuation: 'none',
  keepTimestamps: false,
  renditions: [],
  primary,
  estimatedBytes: null,
  durationSeconds: null,
  bitsPerSecond: null,
});
const picture = trackOf('v720', true);
const sound = trackOf('audio', true);
const smaller = trackOf('v360', false);
const tracks = [picture, sound, smaller];

let programs: Map<TrackPlan, Program>;
beforeEach(() => {
  const env = minimalEnvironment('/tmp');
  programs = new Map(
    tracks.map((track) => [track, startProgram({ file: 'sleep', args: ['60'], env, graceSeconds: 0 })]),
  );
});
afterEach(async () => {
  await Promise.all([...programs.values()].map((program) => program.stop('the test has ended')));
});

/** Names of the tracks whose program is suspended. */
async function held(): Promise<string[]> {
  const states = await Promise.all(
    [...programs].map(async ([{ name }, { pid }]) => [name, await readFile(`/proc/${pid ?? 0}/stat`, 'utf8')] as const),
  );
  return states.filter(([, stat]) => stat.includes(') T ')).map(([name]) => name);
}

const toBeHeld = (names: string[]) => until(async () => (await held()).join() === names.join());

function start(now?: () => number) {
  const headStart = createHeadStart(now);
  for (const [track, program] of programs) headStart.add(track, program);
  return headStart;
}

test('tracks that have begun, or that playback does not need: are suspended until the end of the head start', async () => {
  const headStart = start();
  headStart.balance((track) => track === sound);
  await toBeHeld(['audio', 'v360']);
  headStart.end();
  await toBeHeld([]);
  headStart.balance((track) => track === sound);
  expect(await held()).toEqual([]);
});

test('tracks suspended for more than five seconds: are resumed even if the others have not begun', async () => {
  let time = 0;
  const headStart = start(() => time);
  headStart.balance((track) => track === sound);
  await toBeHeld(['audio', 'v360']);
  time += 5001;
  headStart.balance((track) => track === sound);
  await toBeHeld([]);
});
