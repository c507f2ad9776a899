import { expect } from 'vitest';
import { securityHeaders } from '../src/security-headers.ts';
import type { Answer } from './edge-fixture.ts';

/** Fails unless the answer has every security header exactly once, and tells no more of the server than it must. */
export function expectHeadersOnce(answer: Answer): void {
  const names = answer.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(securityHeaders)) {
    expect(answer.headers[name.toLowerCase()], name).toBe(value);
    expect(
      names.filter((other) => other === name.toLowerCase()),
      name,
    ).toHaveLength(1);
  }
  expect(answer.headers['server']).toBe('nginx');
  expect(answer.headers['x-powered-by']).toBeUndefined();
}
