import { setTimeout as delay } from 'node:timers/promises';
import type { Ledger } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { clockFaults } from './clock-faults.ts';
import { databaseFaults } from './database-faults.ts';
import { diskFaults } from './disk-faults.ts';
import type { Begun, Fault } from './fault.ts';
import { mediaFaults } from './media-faults.ts';
import { networkFaults } from './network-faults.ts';
import { processFaults } from './process-faults.ts';
import { untilServing } from './serving.ts';

export interface NemesisOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly report: (line: string) => void;
}

const FAULTS = [
  ...processFaults,
  ...diskFaults,
  ...mediaFaults,
  ...networkFaults,
  ...databaseFaults,
  ...clockFaults,
] as const;
const EACH = FAULTS.flatMap((fault) => Array.from({ length: fault.weight }, () => fault));
const PAUSE_MS = { least: 200, most: 4000 } as const;
/** Of the others, the next fault comes before anybody knows that the installation serves again. */
const MEASURED_SHARE = 0.5;

/** Brings about one fault after another until the signal; resolves when the last one is undone. */
export async function injectFaults(signal: AbortSignal, options: NemesisOptions): Promise<void> {
  const { random } = options;
  while (!signal.aborted) {
    await delay(random.between(PAUSE_MS.least, PAUSE_MS.most), undefined, { signal }).catch(() => undefined);
    await injectFault(random.pick(EACH), options, signal);
  }
}

async function injectFault(fault: Fault, options: NemesisOptions, signal: AbortSignal): Promise<void> {
  const { world, ledger, random, report } = options;
  ledger.faults.add(fault.name);
  const begun = await fault.begin(world, random, ledger);
  const isMeasured = random.chance(MEASURED_SHARE); // decided before the result is known
  if (!begun) {
    ledger.faults.delete(fault.name); // nothing was there to break
    return;
  }
  ledger.count(`fault: ${fault.name}`);
  if (begun.killed !== undefined) ledger.count(`killed: ${begun.killed}`);
  report(`${fault.name} ${begun.detail} ${begun.seconds > 0 ? `for ${begun.seconds} s` : ''}`.trim());
  await delay(begun.seconds * 1000, undefined, { signal }).catch(() => undefined);
  await begun.undo();
  ledger.faults.delete(fault.name);
  if (isMeasured || begun.served) await measureRecovery(fault, begun, options);
}

async function measureRecovery(
  { name }: Fault,
  { detail, served }: Begun,
  { world, ledger, report }: NemesisOptions,
): Promise<void> {
  const milliseconds = await untilServing(world);
  served?.();
  if (milliseconds === undefined) {
    ledger.violate('it serves again after a fault', `${name} ${detail}`);
    return;
  }
  ledger.recovered(name, milliseconds);
  report(`serves again after ${Math.round(milliseconds)} ms`);
}
