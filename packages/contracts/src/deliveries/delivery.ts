import { z } from 'zod';
import { MediaId } from '../library/media.ts';
import { ProblemDocument } from '../problems/problem.ts';

export const DeliveryState = z.enum(['queued', 'running', 'delivered', 'failed', 'cancelled']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** The comparison after which a delivery counts. `checksum`: the file was read back from the target; `size`: it is too large for that. */
export const DeliveryProof = z.enum(['checksum', 'size']);
export type DeliveryProof = z.infer<typeof DeliveryProof>;

/** One item on its way to one target. */
export const Delivery = z
  .object({
    id: z.string(),
    targetId: z.string(),
    targetName: z.string(),
    mediaId: MediaId,
    title: z.string(),
    state: DeliveryState,
    problem: ProblemDocument.nullable().meta({ description: 'Of the last attempt; null: none has failed.' }),
    attempts: z.number().int().nonnegative(),
    nextAttemptAt: z.iso.datetime().nullable().meta({ description: 'Of a queued one that has failed before.' }),
    path: z.string().nullable().meta({ description: 'The file on the target; null: it has not arrived.' }),
    proof: DeliveryProof.nullable(),
    bytes: z.number().int().nonnegative().nullable(),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

export const Deliveries = z.object({ deliveries: z.array(Delivery) }).meta({ id: 'Deliveries' });
export type Deliveries = z.infer<typeof Deliveries>;

/** The most deliveries that a list has: the latest. */
export const MOST_LISTED_DELIVERIES = 100;

export const DeliveryRequest = z.strictObject({ targetId: z.string().min(1).max(64) }).meta({ id: 'DeliveryRequest' });
export type DeliveryRequest = z.infer<typeof DeliveryRequest>;
