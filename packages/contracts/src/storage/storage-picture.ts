import { z } from 'zod';
import { Media } from '../library/media.ts';
import { RetentionQuestion, RetentionReason, ScopedRule } from './retention.ts';

const Bytes = z.number().int().nonnegative();

/** `short`: the trash is emptied, the oldest first. `full`: nothing new is downloaded. */
export const SpaceLevel = z.enum(['ok', 'short', 'full']).meta({ id: 'SpaceLevel' });
export type SpaceLevel = z.infer<typeof SpaceLevel>;

/** An item that goes by a rule. */
export const NextItem = z
  .object({
    media: Media,
    at: z.iso
      .datetime()
      .meta({ description: 'The earliest time; in the past: the next sweep takes it, or it waits for an answer.' }),
    reason: RetentionReason,
    needsAnswer: z.boolean().meta({ description: 'It was not watched: it goes only when an owner says so.' }),
  })
  .meta({ id: 'NextItem' });
export type NextItem = z.infer<typeof NextItem>;

/** The use of the disk of the library, and the items that go next. */
export const StoragePicture = z
  .object({
    level: SpaceLevel,
    disk: z
      .object({
        totalBytes: Bytes,
        limitBytes: Bytes.meta({ description: 'So much may be in use: STORAGE_LIMIT.' }),
        freeBytes: Bytes,
        videoBytes: Bytes,
        audioBytes: Bytes,
        trashBytes: Bytes,
        workBytes: Bytes.meta({ description: 'Files of downloads in progress.' }),
        reservedBytes: Bytes.meta({ description: 'What the downloads in progress still need, as far as it is known.' }),
        otherBytes: Bytes.meta({ description: 'Everything else on the disk.' }),
      })
      .meta({ id: 'DiskUse' }),
    people: z
      .array(
        z
          .object({
            personId: z.string().nullable().meta({ description: 'Null: items of nobody.' }),
            name: z.string().nullable(),
            items: z.number().int().nonnegative(),
            bytes: Bytes,
          })
          .meta({ id: 'PersonUse' }),
      )
      .meta({ description: 'The largest first; the trash is included.' }),
    largest: z.array(Media).meta({ description: 'The ten largest items of the library.' }),
    next: z.array(NextItem).meta({ description: 'At most 50, the earliest first.' }),
    questions: z.array(RetentionQuestion),
    rules: z.array(ScopedRule),
  })
  .meta({ id: 'StoragePicture' });
export type StoragePicture = z.infer<typeof StoragePicture>;
