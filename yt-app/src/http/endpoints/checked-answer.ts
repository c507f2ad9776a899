import type { Endpoint } from '@linkcast/contracts';

const MAX_NAMED = 5;

/**
 * Reduces an answer to the members that the schema of its endpoint has.
 *
 * @throws {Error} when it does not fit: a bug. The message names the members and quotes no value.
 */
export function checkAnswer({ method, path, answer: schema }: Endpoint, answer: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const named = parsed.error.issues.slice(0, MAX_NAMED).map((issue) => `${issue.path.join('.')} (${issue.code})`);
  throw new Error(`the answer of ${method.toUpperCase()} ${path} does not fit its schema: ${named.join(', ')}`);
}
