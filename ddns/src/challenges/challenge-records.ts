import { Problem, type ChallengeRecord } from '@linkcast/contracts';
import { texts } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { NameServersSilent, type NameServers } from '../dns/name-servers.ts';
import { ProviderFault, type NameProvider } from '../providers/provider.ts';
import type { Clock } from '../time/clock.ts';

export interface ChallengeRecordsOptions {
  readonly name: string;
  readonly provider: NameProvider | undefined;
  readonly nameServers: NameServers;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Holds the TXT records of DNS-01 challenges, for the name of the site alone. Both throw the problem `conflict` with a sentence. */
export interface ChallengeRecords {
  /** Resolves when every own server of the name answers with the record. */
  set(record: ChallengeRecord, signal: AbortSignal): Promise<void>;
  remove(record: ChallengeRecord, signal: AbortSignal): Promise<void>;
}

const SERVED_WITHIN_MS = 120_000;
const PAUSE_MS = 3000;

export function createChallengeRecords(options: ChallengeRecordsOptions): ChallengeRecords {
  const { name, provider, nameServers, clock, logger } = options;
  const records = provider?.texts;

  const recordsFor = (record: ChallengeRecord) => {
    if (record.name !== `_acme-challenge.${name}`) throw conflict(texts.dnsName.challenge.foreignName);
    if (!records) throw conflict(texts.dnsName.challenge.notAble);
    return records;
  };
  const isServed = async ({ name: recordName, value }: ChallengeRecord): Promise<boolean> => {
    try {
      return (await nameServers.texts(recordName)).every((values) => values.includes(value));
    } catch (error) {
      if (error instanceof NameServersSilent) return false;
      throw error;
    }
  };

  return {
    set: async (record, signal) => {
      const end = clock.now() + SERVED_WITHIN_MS;
      await orConflict(recordsFor(record).set(record.name, record.value, signal));
      while (!(await isServed(record))) {
        if (clock.now() >= end || signal.aborted) throw conflict(texts.dnsName.challenge.notServed);
        await clock.wait(PAUSE_MS, signal);
      }
      logger.info('challenge record set and served');
    },
    remove: async (record, signal) => {
      await orConflict(recordsFor(record).remove(record.name, record.value, signal));
      logger.info('challenge record removed');
    },
  };
}

async function orConflict(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw error instanceof ProviderFault ? conflict(error.message) : error;
  }
}

function conflict(sentence: string): Problem {
  return new Problem('conflict', {}, { sentence });
}
