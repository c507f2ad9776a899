import { beforeEach, expect, test } from 'vitest';
import { createElapsedClock } from '../../src/loops/elapsed.ts';

const HOUR_MS = 3_600_000;

let wall: number;
let steady: number;
let elapsed: () => number;
beforeEach(() => {
  wall = Date.UTC(2026, 0, 1);
  steady = 500;
  elapsed = createElapsedClock({ wall: () => wall, steady: () => steady });
});

function pass(ms: number): void {
  wall += ms;
  steady += ms;
}

test('time that passes: counts once', () => {
  pass(1500);
  expect(elapsed()).toBe(1500);
  expect(elapsed()).toBe(1500);
});

test('a time of day that is set back: changes nothing', () => {
  pass(1000);
  wall -= HOUR_MS;
  expect(elapsed()).toBe(1000);
  pass(1000);
  expect(elapsed()).toBe(2000);
});

test('a sleep of the machine: counts', () => {
  wall += HOUR_MS;
  expect(elapsed()).toBe(HOUR_MS);
});

test('a time of day in whole milliseconds, read often: adds nothing', () => {
  const exact = wall;
  for (let count = 0; count < 10_000; count += 1) {
    steady += 0.1;
    wall = Math.floor(exact + (count + 1) * 0.1);
    elapsed();
  }
  expect(elapsed()).toBeCloseTo(1000, 3);
});
