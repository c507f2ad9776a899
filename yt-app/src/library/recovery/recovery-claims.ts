/** The jobs' claims on directories. */
export interface RecoveryClaims {
  /** Items of jobs that are not ready: their directories are unfinished. */
  readonly unfinished: ReadonlySet<string>;
  /** Those of them that a worker is making now: they are left alone. */
  readonly leased: ReadonlySet<string>;
  /** Items whose files are downloaded again: their rows stay, also without a directory. */
  readonly repaired: ReadonlySet<string>;
  /** True when the database had no job at the start: it may have been lost, so no directory with files is removed. */
  readonly isDatabaseNew: boolean;
}
