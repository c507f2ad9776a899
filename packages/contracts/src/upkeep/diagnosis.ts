import { z } from 'zod';
import { Message } from './upkeep.ts';

const Worded = z.object({ sentence: z.string(), message: Message.optional() });

/** The result of one check. `note`: nothing is wrong, but it is good to know. */
export const Finding = Worded.extend({
  name: z.string().meta({ description: 'What was checked.' }),
  state: z.enum(['ok', 'note', 'bad']),
  action: Worded.nullable().meta({ description: 'What the owner can do; null: nothing, or the sentence says it.' }),
}).meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

/** The result of all checks that a running installation can make of itself. */
export const Diagnosis = z.object({ version: z.string(), findings: z.array(Finding) }).meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;
