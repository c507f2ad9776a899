import { z } from 'zod';

/** The people who see a job or an item. */
export const Visibility = z
  .enum(['everyone', 'mine'])
  .meta({ id: 'Visibility', description: 'everyone: all people. mine: its person, and owners.' });
export type Visibility = z.infer<typeof Visibility>;
