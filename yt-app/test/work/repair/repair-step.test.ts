import { expect, test } from 'vitest';
import { repairStep } from '../../../src/work/repair/repair-step.ts';

test.each([
  ['new damage of an item that had no repair', null, undefined, 'start'],
  ['new damage after an earlier repair that failed', null, 'failed', 'start'],
  ['new damage after an earlier repair that succeeded', null, 'ready', 'start'],
  ['a repair that is queued', 'running', 'queued', 'nothing'],
  ['a repair that runs, without its note', null, 'downloading', 'note-running'],
  ['a repair that has failed', 'running', 'failed', 'note-failed'],
  ['a repair that was cancelled', 'running', 'cancelled', 'note-failed'],
  ['a repair that has failed, as it is noted', 'failed', 'failed', 'nothing'],
  ['a failed repair that an owner retries', 'failed', 'queued', 'note-running'],
  ['a repair whose job was lost with the database', 'running', undefined, 'start'],
  ['a repair after which other files were lost', 'running', 'ready', 'start'],
] as const)('%s: gives the right step', (_name, noted, state, step) => {
  expect(repairStep(noted, state)).toBe(step);
});
