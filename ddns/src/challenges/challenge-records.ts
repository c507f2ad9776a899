import { Problem, type ChallengeRecord, type Message } from '@linkcast/contracts';
import { message, worded } from '@linkcast/texts';
import type { Logger } from '@linkcast/kit';
import { NameServersSilent, type NameServers } from '../dns/name-servers.ts';
import { ProviderFault } from '../providers/provider-fault.ts';
import type { NameProvider, TextRecords } from '../providers/provider.ts';
import type { Clock } from '../time/clock.ts';

export interface ChallengeRecordsOptions {
  readonly name: string;
  readonly provider: NameProvider | undefined;
  readonly nameServers: NameServers;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The TXT records of DNS-01 challenges, for the site's name alone. Members throw the problem `conflict` with a sentence. */
export interface ChallengeRecords {
  /** Resolves when every authoritative server of the name answers with the record. */
  set(record: ChallengeRecord, signal: AbortSignal): Promise<void>;
  remove(record: ChallengeRecord, signal: AbortSignal): Promise<void>;
}

const SERVED_WITHIN_MS = 120_000;
const POLL_MS = 3000;

export function createChallengeRecords(options: ChallengeRecordsOptions): ChallengeRecords {
  const { nameServers, clock, logger } = options;
  return {
    set: async (record, signal) => {
      const end = clock.now() + SERVED_WITHIN_MS;
      await orConflict(textRecordsFor(record, options).set(record.name, record.value, signal));
      while (!(await isServed(record, nameServers))) {
        if (clock.now() >= end || signal.aborted) throw conflict(message('challenge-not-served'));
        await clock.wait(POLL_MS, signal);
      }
      logger.info('challenge record set and served');
    },
    remove: async (record, signal) => {
      await orConflict(textRecordsFor(record, options).remove(record.name, record.value, signal));
      logger.info('challenge record removed');
    },
  };
}

function textRecordsFor(record: ChallengeRecord, { name, provider }: ChallengeRecordsOptions): TextRecords {
  if (record.name !== `_acme-challenge.${name}`) throw conflict(message('challenge-foreign-name'));
  if (!provider?.texts) throw conflict(message('challenge-unsupported'));
  return provider.texts;
}

async function isServed({ name, value }: ChallengeRecord, nameServers: NameServers): Promise<boolean> {
  try {
    return (await nameServers.texts(name)).every((values) => values.includes(value));
  } catch (error) {
    if (error instanceof NameServersSilent) return false;
    throw error;
  }
}

async function orConflict(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw error instanceof ProviderFault ? conflict(error.reason) : error;
  }
}

function conflict(reason: Message): Problem {
  return new Problem('conflict', {}, { sentence: worded(reason).sentence });
}
