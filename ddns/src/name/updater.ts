import type { NameStatus } from '@linkcast/contracts';
import { startPeriodicLoop, type Stoppable } from '@linkcast/kit';
import { createNameCheck, type NameCheckOptions } from './name-check.ts';
import type { NameFaults } from './name-faults.ts';

export interface Updater extends Stoppable {
  status(): NameStatus;
  faults(): NameFaults;
}

/** Starts to check the name: at once, then by the schedule, and earlier after a failure. */
export function startUpdater(options: NameCheckOptions): Updater {
  const { clock, logger } = options;
  const check = createNameCheck(options);
  const loop = startPeriodicLoop({
    name: 'name check',
    logger,
    run: (signal) => check.run(signal),
    wait: (ms, signal) => clock.wait(ms, signal),
  });
  return {
    status: () => check.status(),
    faults: () => check.faults(),
    stop: () => loop.stop(),
  };
}
