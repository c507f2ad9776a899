import { z } from 'zod';

/** The reason for which cookies were not taken. `several-sites`: the file has those of several, and none was named. */
export const CookieFault = z.enum(['unreadable', 'other-site', 'several-sites', 'expired', 'too-many']);
export type CookieFault = z.infer<typeof CookieFault>;
