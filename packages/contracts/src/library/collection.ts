import { z } from 'zod';
import { MediaId } from './media.ts';
import { MediaWithPosition } from './position.ts';
import { Visibility } from './visibility.ts';

/** A playlist that a person has added as a whole, with the items that came of it, in the order of the source. */
export const Collection = z
  .object({
    id: MediaId,
    title: z.string(),
    personId: z
      .string()
      .nullable()
      .meta({ description: 'Id of the person who added the list. Null: nobody, or the caller is a visitor.' }),
    visibility: Visibility,
    items: z.number().int().positive().meta({ description: 'Number of its items that the caller sees.' }),
    poster: z.string().nullable().meta({ description: 'Path of the poster of its first item that has one.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Collection' });
export type Collection = z.infer<typeof Collection>;

export const CollectionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(1000).optional(),
});
export type CollectionQuery = z.infer<typeof CollectionQuery>;

export const CollectionList = z
  .object({ collections: z.array(Collection), nextCursor: z.string().nullable() })
  .meta({ id: 'CollectionList' });
export type CollectionList = z.infer<typeof CollectionList>;

/** An item of a collection. */
export const CollectionItem = z
  .object({
    position: z
      .number()
      .int()
      .positive()
      .meta({ description: 'Its place in the source, from 1. Places of videos that failed are left out.' }),
    media: MediaWithPosition,
  })
  .meta({ id: 'CollectionItem' });
export type CollectionItem = z.infer<typeof CollectionItem>;

/** A collection with a page of its items, in the order of the source. */
export const CollectionPage = z
  .object({ collection: Collection, items: z.array(CollectionItem), nextCursor: z.string().nullable() })
  .meta({ id: 'CollectionPage' });
export type CollectionPage = z.infer<typeof CollectionPage>;

export const CollectionPatch = z
  .strictObject({
    title: z.string().trim().min(1).max(300).optional(),
    visibility: Visibility.optional().meta({ description: 'Of the collection alone: its items have their own.' }),
  })
  .refine((patch) => Object.keys(patch).length > 0, { params: { fault: 'noChange' } }) // its sentence is in `@linkcast/texts`
  .meta({ id: 'CollectionPatch' });
export type CollectionPatch = z.infer<typeof CollectionPatch>;

export const CollectionDeletion = z.strictObject({
  items: z.enum(['keep', 'trash']).default('keep').meta({
    description: '`trash` also moves the items that the caller may delete to the trash. Others stay in the library.',
  }),
});
export type CollectionDeletion = z.infer<typeof CollectionDeletion>;

export const CollectionDeleted = z
  .object({ trashed: z.number().int().nonnegative().meta({ description: 'Items that were moved to the trash.' }) })
  .meta({ id: 'CollectionDeleted' });
export type CollectionDeleted = z.infer<typeof CollectionDeleted>;
