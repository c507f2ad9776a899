import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { addressFields, type Addresses } from '../address/addresses.ts';
import { lookUp, type NameServers } from '../dns/name-servers.ts';
import { isServed, type ServedRecords } from '../dns/served-records.ts';
import { ProviderFault, type NameProvider } from '../providers/provider.ts';
import type { Clock } from '../time/clock.ts';
import { written } from './name-observation.ts';
import type { NameStore } from './name-store.ts';
import { REFUSAL_PAUSE_MS, retryDelay, type WriteMemory } from './update-decision.ts';

export interface RecordWriterOptions {
  readonly name: string;
  readonly provider: NameProvider;
  readonly nameServers: NameServers;
  readonly store: NameStore;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Writes the records and waits until the name's servers answer with them. */
export interface RecordWriter {
  readonly memory: WriteMemory;
  /** Never rejects: what went wrong is in the store. @returns what is served at the end, when somebody answered. */
  write(addresses: Addresses, signal: AbortSignal): Promise<ServedRecords | undefined>;
  /** The goal is reached, by whoever: earlier failures are forgotten. */
  settle(): Promise<void>;
}

const READ_BACK_MS = 120_000;
const READ_BACK_PAUSE_MS = 5000;

export function createRecordWriter(options: RecordWriterOptions): RecordWriter {
  const { name, provider, nameServers, store, clock, random, logger } = options;

  const noteFailure = async (sentence: string, waitMs: number): Promise<void> => {
    const now = clock.now();
    logger.warn({ reason: sentence, waitMs }, 'name not updated');
    await store.save({
      failures: store.state.failures + 1,
      retryAt: now + waitMs,
      lastError: { at: now, sentence },
    });
  };
  const noteFault = (error: unknown): Promise<void> => {
    if (!(error instanceof ProviderFault)) throw error;
    const backOff = retryDelay(store.state.failures + 1, random());
    const pause = error.kind === 'permanent' ? REFUSAL_PAUSE_MS : Math.max(backOff, error.minWaitMs);
    return noteFailure(error.message, pause);
  };
  /** The time counts from the attempt: whether a request that broke off was carried out, nobody knows. */
  const noteAttempt = async (addresses: Addresses): Promise<void> => {
    const writtenAt = clock.now();
    const now = { ...store.state.written };
    for (const field of addressFields)
      if (addresses[field] !== undefined) now[field] = { address: addresses[field], writtenAt };
    await store.save({ written: now });
  };
  const readBack = async (addresses: Addresses, signal: AbortSignal): Promise<ServedRecords | undefined> => {
    const end = clock.now() + READ_BACK_MS;
    for (;;) {
      const served = await lookUp(nameServers, name, signal);
      const isThere = served && leadsTo(addresses, served);
      if (isThere || clock.now() >= end || signal.aborted) return served;
      await clock.wait(READ_BACK_PAUSE_MS, signal);
    }
  };
  const settle = async (): Promise<void> => {
    const { failures, retryAt, lastError } = store.state;
    if (failures > 0 || retryAt > 0 || lastError) await store.save({ failures: 0, retryAt: 0, lastError: null });
  };

  return {
    get memory() {
      const { written: records, failures, retryAt, isProxied } = store.state;
      return { written: { ipv4: records.ipv4, ipv6: records.ipv6 }, failures, retryAt, isProxied };
    },
    settle,
    write: async (addresses, signal) => {
      await noteAttempt(addresses);
      try {
        const { isProxied } = await provider.write(name, addresses, signal);
        await store.save({ isProxied });
      } catch (error) {
        if (!signal.aborted) await noteFault(error);
        return undefined;
      }
      logger.info({ ...addresses }, 'name updated');
      const served = await readBack(addresses, signal);
      if (signal.aborted) return served;
      const isDone = store.state.isProxied || (served !== undefined && leadsTo(addresses, served));
      if (isDone) await settle();
      else
        await noteFailure(
          texts.dnsName.notServedYet(name, written(addresses)),
          retryDelay(store.state.failures + 1, random()),
        );
      return served;
    },
  };
}

function leadsTo(addresses: Addresses, served: ServedRecords): boolean {
  return addressFields.every((field) => {
    const address = addresses[field];
    return address === undefined || isServed(field, address, served);
  });
}
