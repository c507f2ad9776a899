import type { Health } from '@linkcast/contracts';
import { sentenceIn, sentenceOf, textsOf, type Language, type Worded } from '@linkcast/texts';

/** A report of the health with its sentences in a language. What came without a message stays as it is. */
export function translateHealth(health: Health, language: Language): Health {
  const texts = textsOf(language);
  const translate = <T extends Worded>(reported: T): T => ({ ...reported, sentence: sentenceIn(reported, texts) });
  const withError = <T extends { readonly lastError: Worded | null }>(status: T | null): T | null =>
    status && { ...status, lastError: status.lastError && translate(status.lastError) };
  return {
    ...health,
    checks: health.checks.map((check) => ({
      ...check,
      detail: (check.message && sentenceOf(check.message, texts)) ?? check.detail,
    })),
    name: withError(health.name),
    certificate: withError(health.certificate),
    reachability: translate(health.reachability),
    notices: health.notices.map((notice) => ({
      ...translate(notice),
      action: notice.action && translate(notice.action),
    })),
  };
}
