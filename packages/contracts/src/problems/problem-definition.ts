/** One entry of the catalogue of problems. */
export interface ProblemDefinition {
  /** HTTP status when the problem answers a request; for a failed job, the status it would have had. */
  readonly status: number;
  /** True when the same request may succeed later without any change. */
  readonly retryable: boolean;
  /** The situation in which it occurs. */
  readonly when: string;
}
