import type { NameStatus } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger, Stoppable } from '@linkcast/kit';
import type { PublicAddresses } from '../address/address-finder.ts';
import { lookUp, type NameServers } from '../dns/name-servers.ts';
import type { ServedRecords } from '../dns/served-records.ts';
import type { NameProvider } from '../providers/provider.ts';
import type { ReachCheck } from '../reach/reach-check.ts';
import type { Clock } from '../time/clock.ts';
import { addressFault, addressStatus, agreedAddresses, recordFault, type NameObservation } from './name-observation.ts';
import type { NameStore } from './name-store.ts';
import { nextCheckTime } from './next-check.ts';
import { createRecordWriter } from './record-writer.ts';
import { decideUpdate } from './update-decision.ts';

export interface UpdaterOptions {
  readonly name: string;
  /** Undefined: the name is only watched. */
  readonly provider: { readonly id: string; readonly door: NameProvider } | undefined;
  readonly findAddresses: (signal: AbortSignal) => Promise<PublicAddresses>;
  readonly nameServers: NameServers;
  readonly checkReach: ReachCheck;
  /** Resolves with null when the router does not tell. */
  readonly askRouter: (signal: AbortSignal) => Promise<string | null>;
  readonly store: NameStore;
  /** When the schedule wants the next look; times are milliseconds since 1970. */
  readonly nextTick: (now: number) => number;
  readonly clock: Clock;
  /** Between 0 and 1: Math.random, unless a test wants to know. */
  readonly random: () => number;
  readonly logger: Logger;
}

export interface Updater extends Stoppable {
  status(): NameStatus;
  /** What is the matter with our address and with the record, in a sentence; undefined: nothing. */
  faults(): { readonly address: string | undefined; readonly record: string | undefined };
}

const REACH_INTERVAL_MS = 86_400_000;

/** Looks after the name for as long as it runs: look, write if needed, read back, try whether we can be reached, wait. */
export function startUpdater(options: UpdaterOptions): Updater {
  const { name, provider, store, clock, random, logger } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const writer = createRecordWriter({
    ...options,
    provider: provider?.door ?? {
      write: () => Promise.reject(new Error('a name that is only watched is not written')),
    },
  });
  let look: NameObservation | undefined;
  let failedLooks = 0;
  let nextCheckAt: number | undefined;
  let lastSaid: string | undefined;

  const recordSentence = (seen: NameObservation): string | undefined => {
    const sentence = recordFault(name, seen, writer.memory, provider !== undefined);
    // why the last write failed says more than that the name is wrong
    return sentence !== undefined && store.state.failures > 0
      ? (store.state.lastError?.sentence ?? sentence)
      : sentence;
  };
  const fault = (): string | undefined => look && (addressFault(look.found) ?? recordSentence(look));
  const say = (sentence: string | undefined): void => {
    if (sentence === lastSaid) return;
    lastSaid = sentence;
    if (sentence === undefined) logger.info('name leads here');
    else logger.warn({ reason: sentence }, 'name does not lead here');
  };

  /** @returns when the next write may be; undefined: none is needed. */
  const act = async (current: NameObservation, served: ServedRecords): Promise<number | undefined> => {
    const found = agreedAddresses(current.found);
    if (!provider || served.alias !== undefined) return undefined;
    const decision = decideUpdate(found, served, writer.memory, clock.now());
    if (decision.kind === 'wait') return decision.until;
    if (decision.kind === 'nothing') return undefined;
    const now = await writer.write(decision.addresses, signal);
    if (now) look = { ...current, served: now };
    const again = decideUpdate(found, now ?? served, writer.memory, clock.now());
    return again.kind === 'wait' ? again.until : undefined;
  };
  const reach = async (served: ServedRecords, hasChanged: boolean): Promise<void> => {
    const { checkedAt } = store.state.reach;
    const isDue = checkedAt === null || Math.abs(clock.now() - checkedAt) >= REACH_INTERVAL_MS;
    if (!isDue && !hasChanged) return;
    const result = await options.checkReach(served, signal);
    if (signal.aborted || result.http === 'unknown') return;
    logger.info({ ...result }, 'tried to reach the site by its name');
    await store.save({ reach: { checkedAt: clock.now(), ...result } });
  };
  const cycle = async (): Promise<void> => {
    const before = look?.served;
    const seen = await lookAround(options, signal);
    if (signal.aborted) return;
    look = seen;
    const writeAt = seen.served && (await act(seen, seen.served));
    const sentence = fault();
    failedLooks = addressFault(seen.found) === undefined && seen.served ? 0 : failedLooks + 1;
    if (sentence === undefined) await writer.settle();
    else if (store.state.failures === 0) await store.save({ lastError: { at: clock.now(), sentence } });
    say(sentence);
    if (look.served) await reach(look.served, before !== undefined && !isSame(before, look.served));
    nextCheckAt = nextCheckTime({
      writeAt,
      failedLooks,
      now: clock.now(),
      tick: options.nextTick(clock.now()),
      random,
    });
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await cycle();
      await clock.wait((nextCheckAt ?? 0) - clock.now(), signal);
    }
  };
  const running = run();

  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
    faults: () => ({
      address: look && addressFault(look.found),
      record: look ? recordSentence(look) : texts.dnsName.notLookedYet,
    }),
    status: () => ({
      name,
      provider: provider?.id ?? null,
      state: stateOf(look, { fault: fault(), hasFailed: failedLooks > 0 || store.state.failures > 0 }),
      addresses: addressStatus(look, writer.memory),
      routerAddress: look?.routerAddress ?? null,
      reach: { ...store.state.reach, checkedAt: asDate(store.state.reach.checkedAt) },
      checkedAt: asDate(look?.at),
      nextCheckAt: asDate(nextCheckAt),
      lastError: asError(store.state.lastError),
      canAnswerChallenges: provider?.door.texts !== undefined,
    }),
  };
}

async function lookAround(options: UpdaterOptions, signal: AbortSignal): Promise<NameObservation> {
  const { findAddresses, nameServers, askRouter, clock, name } = options;
  const [found, served, routerAddress] = await Promise.all([
    findAddresses(signal),
    lookUp(nameServers, name, signal),
    askRouter(signal),
  ]);
  return { at: clock.now(), found, served, routerAddress };
}

function stateOf(
  look: NameObservation | undefined,
  { fault, hasFailed }: { fault: string | undefined; hasFailed: boolean },
): NameStatus['state'] {
  if (!look) return 'unknown';
  if (fault === undefined) return 'right';
  return hasFailed ? 'failing' : 'wrong';
}

function isSame(a: ServedRecords, b: ServedRecords): boolean {
  return JSON.stringify(a.servers) === JSON.stringify(b.servers);
}

function asDate(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : new Date(time).toISOString();
}

function asError(error: NameStore['state']['lastError']): NameStatus['lastError'] {
  return error && { at: new Date(error.at).toISOString(), sentence: error.sentence };
}
