import type { Message } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { addressFields, presentAddresses, type Addresses } from '../address/addresses.ts';
import { queryAddresses, type NameServers } from '../dns/name-servers.ts';
import { isServed, type ServedRecords } from '../dns/served-records.ts';
import { ProviderFault } from '../providers/provider-fault.ts';
import type { NameProvider } from '../providers/provider.ts';
import type { Clock } from '../time/clock.ts';
import { clearFailures, type NameStore } from './name-store.ts';
import { REFUSAL_WAIT_MS, retryDelay } from './retry-delay.ts';

export interface RecordWriterOptions {
  readonly name: string;
  readonly provider: NameProvider;
  readonly nameServers: NameServers;
  readonly store: NameStore;
  readonly clock: Clock;
  /** Gives a number between 0 and 1. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** Writes the records and waits until the name's servers answer with them. */
export interface RecordWriter {
  /** Never rejects: a failure is saved in the store. @returns the records at the end; undefined: no server answered. */
  write(addresses: Addresses, signal: AbortSignal): Promise<ServedRecords | undefined>;
}

const READ_BACK_MS = 120_000;
const READ_BACK_POLL_MS = 5000;

export function createRecordWriter(options: RecordWriterOptions): RecordWriter {
  const { name, provider, store, clock, random, logger } = options;

  const saveFailure = async (reason: Message, waitMs: number): Promise<void> => {
    const at = clock.now();
    logger.warn({ reason: reason.code, ...reason.facts, waitMs }, 'name not updated');
    await store.save({
      failures: store.state.failures + 1,
      retryAt: at + waitMs,
      lastError: { at, ...worded(reason) },
    });
  };
  const backOff = (): number => retryDelay(store.state.failures + 1, random());
  const saveFault = (error: unknown): Promise<void> => {
    if (!(error instanceof ProviderFault)) throw error;
    const { kind, reason, minWaitMs } = error;
    return saveFailure(reason, kind === 'permanent' ? REFUSAL_WAIT_MS : Math.max(backOff(), minWaitMs));
  };

  return {
    write: async (addresses, signal) => {
      await saveAttempt(addresses, options);
      try {
        const { isProxied } = await provider.write(name, addresses, signal);
        await store.save({ isProxied });
      } catch (error) {
        if (!signal.aborted) await saveFault(error);
        return undefined;
      }
      logger.info({ ...addresses }, 'name updated');
      const served = await readBack(addresses, options, signal);
      if (signal.aborted) return served;
      if (store.state.isProxied || isServedEverywhere(addresses, served)) await clearFailures(store);
      else await saveFailure(message('name-not-served-yet', { name, wanted: presentAddresses(addresses) }), backOff());
      return served;
    },
  };
}

/** Saves the time of a write before it is sent: whether the provider carries out a request that breaks off is unknown. */
async function saveAttempt(addresses: Addresses, { store, clock }: RecordWriterOptions): Promise<void> {
  const writtenAt = clock.now();
  const written = { ...store.state.written };
  for (const field of addressFields)
    if (addresses[field] !== undefined) written[field] = { address: addresses[field], writtenAt };
  await store.save({ written });
}

/** Polls the name's servers until all answer with the addresses, for two minutes at most. */
async function readBack(
  addresses: Addresses,
  { name, nameServers, clock }: RecordWriterOptions,
  signal: AbortSignal,
): Promise<ServedRecords | undefined> {
  const end = clock.now() + READ_BACK_MS;
  for (;;) {
    const served = await queryAddresses(nameServers, name, signal);
    if (isServedEverywhere(addresses, served) || clock.now() >= end || signal.aborted) return served;
    await clock.wait(READ_BACK_POLL_MS, signal);
  }
}

function isServedEverywhere(addresses: Addresses, served: ServedRecords | undefined): boolean {
  if (!served) return false;
  return addressFields.every((field) => {
    const address = addresses[field];
    return address === undefined || isServed(field, address, served);
  });
}
