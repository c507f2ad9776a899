import { z } from 'zod';
import { MediaId, MediaType } from '../library/media.ts';
import { DeliveryProof } from './delivery.ts';
import { DeliveryKind, DeliveryLayout, HostPin } from './delivery-target.ts';

/** A target as its worker gets it, with the secret. It is in the answer to this one claim, and in no log. */
export const WorkTarget = z.object({
  kind: DeliveryKind,
  host: z.string(),
  port: z.number().int(),
  user: z.string(),
  secret: z.string(),
  pin: HostPin.nullable(),
  folder: z.string(),
  layout: DeliveryLayout,
});
export type WorkTarget = z.infer<typeof WorkTarget>;

/** An item as it is delivered: its files in MEDIA_DIR, and what names and describes them. */
export const DeliveredItem = z.object({
  mediaId: MediaId,
  type: MediaType,
  title: z.string(),
  uploader: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  createdAt: z.iso.datetime(),
  video: z.string().nullable().meta({ description: 'The name of the best rendition with a picture.' }),
  audio: z.string().nullable().meta({ description: 'The name of the rendition with the sound.' }),
  hasFile: z.boolean().meta({ description: 'Is there an `audio.mp3`?' }),
  hasPoster: z.boolean(),
});
export type DeliveredItem = z.infer<typeof DeliveredItem>;

/** A file that has arrived. */
export const DeliveredFile = z.strictObject({
  path: z.string().max(4000),
  bytes: z.number().int().nonnegative(),
  proof: DeliveryProof,
});
export type DeliveredFile = z.infer<typeof DeliveredFile>;
