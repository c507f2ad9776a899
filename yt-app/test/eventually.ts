import { vi } from 'vitest';

/** Waits until the expectations hold; ten seconds, so that a busy machine is no fault. */
export function eventually(expectations: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(expectations, { timeout: 10_000, interval: 10 });
}
