import type { Message } from '@linkcast/contracts';
import { worded } from '@linkcast/texts';

/**
 * The failure of a request to a provider. Its reason is for the owner: no key, and not the URL of the
 * request. `permanent`: the same request fails until somebody changes something.
 */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly kind: 'temporary' | 'permanent';
  /** The least wait before the next request, in milliseconds, where the provider has a rule for it. */
  readonly minWaitMs: number;

  readonly reason: Message;

  constructor(kind: 'temporary' | 'permanent', reason: Message, minWaitMs = 0) {
    super(worded(reason).sentence);
    this.kind = kind;
    this.reason = reason;
    this.minWaitMs = minWaitMs;
  }
}
