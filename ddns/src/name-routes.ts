import { ChallengeRecord, Problem, type NameStatus } from '@linkcast/contracts';
import type { DoorCall, DoorRoutes } from '@linkcast/kit';
import type { ChallengeDesk } from './challenge-desk.ts';

export interface NameRoutesOptions {
  readonly status: () => NameStatus;
  readonly challenges: ChallengeDesk;
}

/** What the other parts may ask: how the name is, and to hold the record of a DNS-01 challenge. */
export function createNameRoutes({ status, challenges }: NameRoutesOptions): DoorRoutes {
  return {
    'GET /status': () => ({ status: 200, body: status() }),
    'POST /challenges': async (call) => {
      await challenges.set(await readRecord(call), call.gone);
      return { status: 204 };
    },
    'DELETE /challenges': async (call) => {
      await challenges.remove(await readRecord(call), call.gone);
      return { status: 204 };
    },
  };
}

async function readRecord({ readJson }: DoorCall): Promise<ChallengeRecord> {
  const record = ChallengeRecord.safeParse(await readJson());
  if (!record.success) throw new Problem('invalid-request');
  return record.data;
}
