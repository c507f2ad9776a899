import { config } from 'zod';

/**
 * Imported first, before any schema is built: zod otherwise tries whether it may generate code, and the site's
 * policy (no `unsafe-eval`) reports even the try as a violation.
 */
config({ jitless: true });
