import { z } from 'zod';

/** The times at which a followed list is checked. Each check comes some minutes later at random. */
export const CheckSchedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('every'), hours: z.number().int().min(1).max(168) }),
    z.strictObject({
      kind: z.literal('daily'),
      at: z
        .string()
        .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
        .meta({ description: 'Local time of day: `06:30`.' }),
      timeZone: z.string().max(60).refine(isTimeZone).meta({ description: 'IANA name: `Europe/Madrid`.' }),
    }),
  ])
  .meta({ id: 'CheckSchedule' });
export type CheckSchedule = z.infer<typeof CheckSchedule>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
