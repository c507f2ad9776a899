import { z } from 'zod';

/** How the parts are, for the site, the bot's `/stats` and `make doctor`. */
export const Health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;
