import { config } from 'zod';

/**
 * Turns off zod's code generation. Imported before any schema is built: zod tests for `eval` otherwise, and the
 * site's Content Security Policy (no `unsafe-eval`) reports that test as a violation.
 */
config({ jitless: true });
