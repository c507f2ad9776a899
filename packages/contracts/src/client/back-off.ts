/** The growth of the waits between attempts that fail, the same for every client and loop. */
export interface BackOff {
  /** Milliseconds after the first failure; doubled after each further one. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Milliseconds to wait after so many failures in a row (1 or more). */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff): number {
  return Math.min(firstMs * 2 ** (failures - 1), mostMs);
}
