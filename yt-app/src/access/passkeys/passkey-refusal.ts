import { Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';

/**
 * Refuses a passkey: the reason is logged, and the caller does not learn it.
 *
 * @throws {Problem} passkey-refused
 */
export type RefusePasskey = (reason: string, details?: { readonly facts?: object; readonly cause?: unknown }) => never;

export function createPasskeyRefusal(logger: Logger): RefusePasskey {
  return (reason, { facts = {}, cause } = {}) => {
    logger.warn({ ...facts, reason }, 'passkey refused');
    throw new Problem('passkey-refused', {}, { cause });
  };
}
