import { z } from 'zod';
import { limitNames, type LimitName } from '../problems/over-limit.ts';

const Count = z.number().int().min(1).max(1_000_000);
const Bytes = z
  .number()
  .int()
  .min(1)
  .max(2 ** 50);

/** The limits of a member; null: none. Owners have no limits. */
export const Limits = z
  .strictObject({
    jobsPerDay: Count.nullable().meta({ description: 'Links sent in any 24 hours.' }),
    storageBytes: Bytes.nullable().meta({ description: "Bytes of the person's items." }),
    openJobs: Count.nullable().meta({ description: 'Jobs that wait or run at once.' }),
  })
  .meta({ id: 'Limits' });
export type Limits = z.infer<typeof Limits>;

/** Changes of the default limits; what is absent stays. */
export const LimitsPatch = Limits.partial().meta({ id: 'LimitsPatch' });
export type LimitsPatch = z.infer<typeof LimitsPatch>;

/** The exceptions of a person: a number, or null for no limit; what is absent is the default of all members. */
export const PersonLimits = Limits.partial().meta({ id: 'PersonLimits' });
export type PersonLimits = z.infer<typeof PersonLimits>;

/** No limits at all, as owners have. */
export const NO_LIMITS: Limits = { jobsPerDay: null, storageBytes: null, openJobs: null };

const LimitUse = z
  .object({
    limit: z.number().int().positive().nullable().meta({ description: 'Null: none.' }),
    used: z.number().int().nonnegative(),
  })
  .meta({ id: 'LimitUse' });

/** A person's limits beside what they use of them. */
export const LimitUses = z
  .object({ jobsPerDay: LimitUse, storageBytes: LimitUse, openJobs: LimitUse } satisfies Record<LimitName, unknown>)
  .meta({ id: 'LimitUses' });
export type LimitUses = z.infer<typeof LimitUses>;

/** The limits that count for a person. */
export function limitsOf(
  { role, limits }: { readonly role: 'owner' | 'member'; readonly limits: PersonLimits },
  defaults: Limits,
): Limits {
  return role === 'owner' ? NO_LIMITS : mergeLimits(defaults, limits);
}

/** Limits, some of which are replaced by others. */
export function mergeLimits(limits: Limits, others: PersonLimits): Limits {
  const entries = limitNames.map((name) => [name, others[name] === undefined ? limits[name] : others[name]]);
  return Object.fromEntries(entries) as Limits; // one entry for each of its names
}
