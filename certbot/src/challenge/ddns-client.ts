import { ChallengeStatus, type ChallengeRecord } from '@linkcast/contracts';

/** The client of the DDNS updater's challenge endpoints. */
export interface DdnsClient {
  /** Reads the name's state, and whether records can be set; null: the updater does not answer. */
  readStatus(): Promise<ChallengeStatus | null>;
  /** Resolves when the name's own servers serve the record. Throws when it could not be set. */
  setRecord(record: ChallengeRecord): Promise<void>;
  removeRecord(record: ChallengeRecord): Promise<void>;
}

const STATUS_LIMIT_MS = 5000;
/** The updater answers when all name servers have the record, which takes minutes with some providers. */
const RECORD_LIMIT_MS = 200_000;

/** @param url of the DDNS updater. @param serviceKey certbot's own key. */
export function createDdnsClient(url: string, serviceKey: string): DdnsClient {
  const headers = { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' };
  const challenges = new URL('/challenges', url);
  const change = async (method: 'POST' | 'DELETE', record: ChallengeRecord): Promise<void> => {
    const signal = AbortSignal.timeout(RECORD_LIMIT_MS);
    const body = JSON.stringify(record);
    const answer = await fetch(challenges, { method, headers, body, signal, redirect: 'error' });
    if (!answer.ok) throw new Error(`the DDNS updater answered ${answer.status}`);
  };
  return {
    readStatus: async () => {
      try {
        const signal = AbortSignal.timeout(STATUS_LIMIT_MS);
        const answer = await fetch(challenges, { headers, signal, redirect: 'error' });
        return answer.ok ? ChallengeStatus.parse(await answer.json()) : null;
      } catch {
        return null; // no answer, or one of another version: records cannot be set now
      }
    },
    setRecord: (record) => change('POST', record),
    removeRecord: (record) => change('DELETE', record),
  };
}
