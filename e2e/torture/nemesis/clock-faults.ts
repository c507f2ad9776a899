import type { Fault } from './fault.ts';

const HOUR_SECONDS = 3600;

/** Faults of the clock: it is wrong for a while, as after a start without a battery, or when NTP corrects it. */
export const clockFaults: readonly Fault[] = [
  {
    name: 'clock shift',
    weight: 3,
    async begin({ clock }, random) {
      const seconds = random.pick([-24, -1, 1, 24, 24 * 30]) * HOUR_SECONDS + random.between(-1800, 1800);
      await clock.shift(seconds);
      return { detail: `${seconds} s`, seconds: random.between(2, 10), undo: () => clock.shift(0) };
    },
  },
];
