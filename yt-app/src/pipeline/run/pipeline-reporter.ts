import type { ItemFacts, JobState, Progress, SourceFacts, TriedWays, WorkCookies } from '@linkcast/contracts';

/** Receives what a run of the pipeline has reached. */
export interface PipelineReporter {
  /** Called with all ways that were tried so far, after each; never for a host without a profile. */
  tried(tried: TriedWays): void;
  /** Called with what the downloader has made of the cookies of the job. */
  cookies(changed: WorkCookies): void;
  /**
   * Called once, before the download. Resolves to false when the library has the source already, or there is no room for it now:
   * the run then ends.
   *
   * @param estimatedBytes the space that the item will take; null: unknown.
   */
  resolved(facts: SourceFacts, estimatedBytes: number | null): Promise<boolean>;
  entered(state: Extract<JobState, 'downloading' | 'converting' | 'verifying'>): void;
  /** Called about once a second. */
  progressed(progress: Progress): void;
  /** Called once, when playback can start. */
  playable(facts: ItemFacts): void;
  /** Called when the item is verified and durable: adds it to the library. When it rejects, the files are removed. */
  verified(facts: ItemFacts): Promise<void>;
}
