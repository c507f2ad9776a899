import { agreedAddresses } from '../address/address-finder.ts';
import type { Clock } from '../time/clock.ts';
import type { NameObservation } from './name-observation.ts';
import type { NameStore } from './name-store.ts';
import type { RecordWriter } from './record-writer.ts';
import { decideUpdate } from './update-decision.ts';

export interface UpdateResult {
  /** The observation with the records that are served after the write. */
  readonly observation: NameObservation;
  /** Earliest time of a write that has to wait (milliseconds since 1970); undefined: none has to. */
  readonly writeAt: number | undefined;
}

export interface UpdateTools {
  /** Undefined: the name is only watched. */
  readonly writer: RecordWriter | undefined;
  readonly store: NameStore;
  readonly clock: Clock;
}

/** Writes the records of the name when that is needed now. An alias is never replaced. */
export async function updateRecords(
  observation: NameObservation,
  { writer, store, clock }: UpdateTools,
  signal: AbortSignal,
): Promise<UpdateResult> {
  const { served } = observation;
  if (!writer || !served || served.alias !== undefined) return { observation, writeAt: undefined };
  const found = agreedAddresses(observation.found);
  const decision = decideUpdate(found, served, store.state, clock.now());
  if (decision.kind === 'wait') return { observation, writeAt: decision.until };
  if (decision.kind === 'nothing') return { observation, writeAt: undefined };
  const servedNow = (await writer.write(decision.addresses, signal)) ?? served;
  const next = decideUpdate(found, servedNow, store.state, clock.now());
  return {
    observation: { ...observation, served: servedNow },
    writeAt: next.kind === 'wait' ? next.until : undefined,
  };
}
