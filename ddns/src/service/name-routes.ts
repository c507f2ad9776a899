import { ChallengeRecord, ChallengeStatus, Problem, type NameStatus } from '@linkcast/contracts';
import type { ServiceCall, ServiceRoute, ServiceRoutes } from '@linkcast/kit';
import type { ChallengeRecords } from '../challenges/challenge-records.ts';

export interface NameRoutesOptions {
  readonly status: () => NameStatus;
  readonly challenges: ChallengeRecords;
}

/** Routes for yt-app (the status of the name) and for certbot (records of DNS-01 challenges, and whether they can be set). */
export function createNameRoutes({ status, challenges }: NameRoutesOptions): ServiceRoutes {
  const forCertbot = (answer: ServiceRoute['answer']): ServiceRoute => ({ services: ['certbot'], answer });
  return {
    'GET /status': { services: ['yt-app'], answer: () => ({ status: 200, body: status() }) },
    'GET /challenges': forCertbot(() => ({ status: 200, body: ChallengeStatus.parse(status()) })),
    'POST /challenges': forCertbot(async (call) => {
      await challenges.set(await readRecord(call), call.signal);
      return { status: 204 };
    }),
    'DELETE /challenges': forCertbot(async (call) => {
      await challenges.remove(await readRecord(call), call.signal);
      return { status: 204 };
    }),
  };
}

async function readRecord({ readJson }: ServiceCall): Promise<ChallengeRecord> {
  const record = ChallengeRecord.safeParse(await readJson());
  if (!record.success) throw new Problem('invalid-request');
  return record.data;
}
