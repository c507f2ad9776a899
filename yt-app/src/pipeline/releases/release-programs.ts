import type { SandboxKind } from '@linkcast/kit';

/** The place and the confinement of the programs that handle a release. */
export interface ReleaseProgramOptions {
  /** Marks the programs of this worker, see killLeftovers. */
  readonly owner: string;
  readonly sandbox: SandboxKind;
  /** The folder of the release that is being made. */
  readonly directory: string;
  readonly signal: AbortSignal;
}
