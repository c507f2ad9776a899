import { z } from 'zod';

/** The limits of the installation for the work of a job. */
export const WorkLimits = z.object({
  maxHeight: z.number().int().positive(),
  maxDurationSeconds: z.number().positive(),
  maxBytes: z.number().positive(),
  maxLiveSeconds: z.number().positive().meta({ description: 'A recording of a live source ends after so long.' }),
});
export type WorkLimits = z.infer<typeof WorkLimits>;
