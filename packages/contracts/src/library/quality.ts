import { z } from 'zod';

/** Upper bound for the shorter side of the picture; `best` is the installation's MAX_HEIGHT. */
export const Quality = z.enum(['best', '2160p', '1440p', '1080p', '720p', '480p', '360p']).meta({ id: 'Quality' });
export type Quality = z.infer<typeof Quality>;
