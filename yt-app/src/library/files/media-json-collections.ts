import { MediaId, Visibility } from '@linkcast/contracts';
import { z } from 'zod';
import type { CollectionEntry } from '../collections/collection-table.ts';

/** A collection that has the item. */
const InCollection = z.object({
  id: MediaId,
  title: z.string(),
  /** The place of the item, from 1. */
  position: z.number().int().positive(),
  sourceKey: z.string(),
  personId: z.string().nullable(),
  visibility: Visibility,
  createdAt: z.iso.datetime(),
});

/** The collections of the item of a `media.json`. Older ones have none. */
export const Collections = z.object({ collections: z.array(InCollection).default([]) });

export function writeEntry({ collection, position }: CollectionEntry): z.input<typeof InCollection> {
  return { ...collection, position, createdAt: new Date(collection.createdAt).toISOString() };
}

export function readEntry({ position, createdAt, ...facts }: z.output<typeof InCollection>): CollectionEntry {
  return { position, collection: { ...facts, createdAt: Date.parse(createdAt) } };
}
