import { z } from 'zod';

/** The limits of a person: links sent in 24 hours, bytes of their items, jobs that wait or run at once. */
export const limitNames = ['jobsPerDay', 'storageBytes', 'openJobs'] as const;
export const LimitName = z.enum(limitNames).meta({ id: 'LimitName' });
export type LimitName = z.infer<typeof LimitName>;

/** The limit that a person has reached. */
export const OverLimit = z
  .object({
    which: LimitName,
    limit: z.number().int().positive(),
    used: z.number().int().nonnegative(),
    freeAt: z.iso.datetime().nullable().meta({ description: 'When there is room again by itself; null: not known.' }),
  })
  .meta({ id: 'OverLimit' });
export type OverLimit = z.infer<typeof OverLimit>;
