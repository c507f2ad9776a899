import { z } from 'zod';
import { MediaDamage } from '../library/damage.ts';
import { Marks } from '../library/mark.ts';
import { Recording, Rendition } from '../library/media.ts';

const ShortText = z.string().max(500);
/** A file of an item: `v1080.m3u8`. */
const FILE_NAME = /^[a-z][a-z0-9]{0,19}\.(m3u8|mp4|mp3|jpg)$/;
/** A file name stem: `v1080`, `audio`. */
const RENDITION_NAME = /^[a-z][a-z0-9]{0,19}$/;

/** The metadata of a source. */
export const SourceFacts = z.strictObject({
  title: ShortText,
  uploader: ShortText.nullable(),
  extractor: z.string().max(100).nullable(),
  sourceId: ShortText.nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  isLive: z.boolean().optional().meta({ description: 'Is it broadcast now, so that it is recorded? Default: no.' }),
});
export type SourceFacts = z.infer<typeof SourceFacts>;

/** A file of an item, as it was published. */
export const FileChecksum = z.strictObject({
  name: z.string().regex(FILE_NAME),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileChecksum = z.infer<typeof FileChecksum>;

/** The facts of an item that the library stores. */
export const ItemFacts = SourceFacts.extend({
  renditions: z
    .array(Rendition.extend({ name: z.string().regex(RENDITION_NAME), codecs: z.string().max(100) }))
    .max(20),
  handling: z.enum(['copied', 'encoded']),
  bytes: z.number().int().nonnegative(),
  hasPoster: z.boolean(),
  hasFile: z.boolean().meta({ description: 'Is there a whole `audio.mp3`?' }),
  damage: MediaDamage.nullable().default(null),
  recording: Recording.nullable().default(null),
  marks: Marks.default([]),
  files: z.array(FileChecksum).max(100).default([]).meta({ description: 'The files of a verified item.' }),
});
export type ItemFacts = z.infer<typeof ItemFacts>;
