import type { ReleaseFault } from '@linkcast/contracts';

/** A release of yt-dlp is not taken. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
  readonly fault: ReleaseFault;

  constructor(fault: ReleaseFault, options?: ErrorOptions) {
    super(`release refused: ${fault}`, options);
    this.fault = fault;
  }
}
