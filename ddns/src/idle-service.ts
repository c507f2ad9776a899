import { Problem, texts, type NameStatus } from '@linkcast/contracts';
import type { NameService } from './name-service.ts';

/** What is there without a name: nothing to look after, nothing to complain about. */
export function createIdleService(): NameService {
  const status: NameStatus = {
    name: null,
    provider: null,
    state: 'off',
    addresses: [],
    routerAddress: null,
    reach: { checkedAt: null, http: 'unknown', https: 'unknown' },
    checkedAt: null,
    nextCheckAt: null,
    lastError: null,
    canAnswerChallenges: false,
  };
  return {
    challenges: { set: refuse, remove: refuse },
    status: () => status,
    checks: () => [{ name: texts.dnsName.checks.record, ok: true, detail: texts.dnsName.off }],
    stop: () => undefined,
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Problem('conflict', {}, { sentence: texts.dnsName.challenge.notAble }));
}
