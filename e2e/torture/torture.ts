import { setTimeout as delay } from 'node:timers/promises';
import { checkChats } from './checks/chat-checks.ts';
import { gatherEvidence } from './checks/evidence.ts';
import { checkItems } from './checks/item-checks.ts';
import { checkJobs } from './checks/job-checks.ts';
import { checkIdle, checkStopped } from './checks/leftover-checks.ts';
import { checkSecrets } from './checks/secret-checks.ts';
import { untilEnded } from './checks/ended-jobs.ts';
import { makeRoom, watchSpace } from './clients/full-disk.ts';
import { generate } from './clients/generator.ts';
import { createSpy, type Spy } from './clients/spy.ts';
import { watch } from './clients/viewers.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { injectFaults } from './nemesis/nemesis.ts';
import type { TortureOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createWorld, type World } from './world/world.ts';

const VIEWERS = 2;

export interface TortureRun {
  readonly options: TortureOptions;
  /** Ends the run early; the checks follow. */
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

/** Runs an installation under faults while people use it, and then checks what they were promised. */
export async function torture(run: TortureRun): Promise<Ledger> {
  const ledger = createLedger();
  const world = await createWorld(run.options);
  const spy = createSpy(world);
  let isChecked = false;
  try {
    await play({ world, ledger, spy }, run);
    run.report('all is over; waiting for the jobs');
    if (run.options.scene === 'full-disk') await makeRoom(world, ledger);
    for (const id of await untilEnded(world)) ledger.violate('an accepted job ends', id);
    await check({ world, ledger, spy });
    isChecked = true;
  } finally {
    if (!isChecked || ledger.violations.length > 0) run.report(world.log());
    await world.close();
  }
  return ledger;
}

interface Scene {
  readonly world: World;
  readonly ledger: Ledger;
  readonly spy: Spy;
}

/** @throws what one of the clients has thrown, after all of them have ended. */
async function play({ world, ledger, spy }: Scene, { options, signal, report }: TortureRun): Promise<void> {
  const over = new AbortController();
  const { seed, minutes, scene } = options;
  // Each has decisions of its own, so that their order among each other does not matter.
  const everything = [
    generate(world, ledger, createRandom(seed), over.signal),
    ...Array.from({ length: VIEWERS }, (_, viewer) =>
      watch(world, ledger, createRandom(seed + 1 + viewer), over.signal),
    ),
    spy.watch(over.signal),
    scene === 'full-disk'
      ? watchSpace(world, ledger, over.signal)
      : injectFaults(over.signal, { world, ledger, random: createRandom(seed + 1 + VIEWERS), report }),
  ];
  const end = delay(minutes * 60_000, undefined, { signal: AbortSignal.any([signal, over.signal]) });
  try {
    await Promise.race([Promise.all(everything), end.catch(() => undefined)]);
  } finally {
    over.abort();
    await Promise.allSettled(everything);
  }
  await Promise.all(everything);
}

async function check({ world, ledger, spy }: Scene): Promise<void> {
  const evidence = await gatherEvidence(world);
  checkJobs(ledger, evidence);
  await checkChats(world, ledger, evidence);
  await checkItems(world, ledger, evidence);
  await checkIdle(world, ledger);
  await checkSecrets(world, ledger, spy);
  await world.stop();
  await checkStopped(world, ledger);
}
