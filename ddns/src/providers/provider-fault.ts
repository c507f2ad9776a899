/**
 * The failure of a request to a provider. The message is a sentence for the owner, without any key and without the URL of
 * the request. `permanent`: the same request fails until somebody changes something.
 */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly kind: 'temporary' | 'permanent';
  /** The least wait before the next request, in milliseconds, where the provider has a rule for it. */
  readonly minWaitMs: number;

  constructor(kind: 'temporary' | 'permanent', sentence: string, minWaitMs = 0) {
    super(sentence);
    this.kind = kind;
    this.minWaitMs = minWaitMs;
  }
}
