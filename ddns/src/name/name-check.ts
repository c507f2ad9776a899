import type { Worded } from '@linkcast/texts';
import type { NameStatus } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { NameProvider } from '../providers/provider.ts';
import type { ReachCheck } from '../reach/reach-check.ts';
import { findNameFaults, type NameFaults } from './name-faults.ts';
import { observeName, type NameObservation, type NameObserverOptions } from './name-observation.ts';
import { nameStatus } from './name-status.ts';
import { clearFailures, type NameStore } from './name-store.ts';
import { nextCheckTime } from './next-check.ts';
import { recheckReach } from './reach-recheck.ts';
import { updateRecords } from './record-update.ts';
import { createRecordWriter } from './record-writer.ts';

export interface NameCheckOptions extends NameObserverOptions {
  /** Undefined: the name is only watched. */
  readonly provider: { readonly id: string; readonly client: NameProvider } | undefined;
  readonly checkReach: ReachCheck;
  readonly store: NameStore;
  /** Gives the next time of the schedule; times are milliseconds since 1970. */
  readonly nextScheduled: (now: number) => number;
  /** Gives a number between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** The check of the name: observes it, writes its records when needed, and checks the reach. */
export interface NameCheck {
  /** Never runs twice at once. @returns the milliseconds until the next check. */
  run(signal: AbortSignal): Promise<number>;
  status(): NameStatus;
  faults(): NameFaults;
}

export function createNameCheck(options: NameCheckOptions): NameCheck {
  const { name, provider, store, clock, random, nextScheduled, logger } = options;
  const writer = provider && createRecordWriter({ ...options, provider: provider.client });
  const logFault = createFaultLog(logger);
  let observation: NameObservation | undefined;
  let failedChecks = 0;
  let nextCheckAt: number | undefined;

  const faults = () => findNameFaults({ name, observation, saved: store.state, hasProvider: provider !== undefined });

  const check = async (signal: AbortSignal): Promise<void> => {
    const before = observation?.served;
    const observed = await observeName(options, signal);
    if (signal.aborted) return;
    observation = observed;
    const update = await updateRecords(observed, { writer, store, clock }, signal);
    observation = update.observation;
    const { address, record } = faults();
    failedChecks = address === undefined && observed.served ? 0 : failedChecks + 1;
    await saveFault(address ?? record, options);
    logFault(address ?? record);
    if (observation.served) await recheckReach({ before, now: observation.served }, options, signal);
    const now = clock.now();
    nextCheckAt = nextCheckTime({
      now,
      scheduledAt: nextScheduled(now),
      writeAt: update.writeAt,
      failedChecks,
      random,
    });
  };

  return {
    run: async (signal) => {
      await check(signal);
      return (nextCheckAt ?? 0) - clock.now();
    },
    faults,
    status: () => {
      const { address, record } = faults();
      return nameStatus({
        name,
        providerId: provider?.id ?? null,
        canAnswerChallenges: provider?.client.texts !== undefined,
        observation,
        saved: store.state,
        fault: address ?? record,
        hasFailed: failedChecks > 0 || store.state.failures > 0,
        nextCheckAt,
      });
    },
  };
}

/** Saves a fault as the last error. The error of a failed write stays until the name is right. */
async function saveFault(fault: Worded | undefined, { store, clock }: NameCheckOptions): Promise<void> {
  if (fault === undefined) await clearFailures(store);
  else if (store.state.failures === 0) {
    const { sentence, message } = fault;
    await store.save({ lastError: { at: clock.now(), sentence, message } });
  }
}

/** Creates a function that logs a fault when it differs from the one before. */
function createFaultLog(logger: Logger): (fault: Worded | undefined) => void {
  let logged: string | undefined;
  return (fault) => {
    if (fault?.sentence === logged) return;
    logged = fault?.sentence;
    if (fault === undefined) logger.info('name points here');
    else logger.warn({ reason: logged }, 'name does not point here');
  };
}
