import {
  CollectionPatch,
  type Collection,
  type CollectionPage,
  type EndpointName,
  type Media,
} from '@linkcast/contracts';
import { ok, refused, type Route } from './canned-reply.ts';

/** A collection, with the ids of its items in their order. */
export interface CannedCollection extends Omit<Collection, 'items' | 'poster'> {
  readonly mediaIds: readonly string[];
}

interface CollectionsState {
  /** The library. */
  media: Media[];
  trash: Media[];
  collections: readonly CannedCollection[];
}

/** Creates the routes of the collections of the canned API. */
export function createCannedCollections(state: CollectionsState) {
  const itemsOf = ({ mediaIds }: CannedCollection): CollectionPage['items'] =>
    mediaIds.flatMap((id, index) => {
      const media = state.media.find((item) => item.id === id);
      return media ? [{ position: index + 1, media: { ...media, position: null } }] : [];
    });
  const viewOf = ({ mediaIds, ...facts }: CannedCollection): Collection => {
    const items = itemsOf({ ...facts, mediaIds });
    return { ...facts, items: items.length, poster: items.find(({ media }) => media.poster)?.media.poster ?? null };
  };
  const find = (id: string): CannedCollection | undefined => {
    const found = state.collections.find((each) => each.id === id);
    return found && itemsOf(found).length > 0 ? found : undefined;
  };

  return {
    listCollections: () => {
      const shown = state.collections.map(viewOf).filter(({ items }) => items > 0);
      return ok({ collections: shown, nextCursor: null });
    },
    getCollection: ({ id, query }) => {
      const found = find(id);
      if (!found) return refused('not-found');
      const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit') ?? 50)];
      const all = itemsOf(found);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return ok({ collection: viewOf(found), items: all.slice(from, from + limit), nextCursor });
    },
    patchCollection: ({ id, body }) => {
      const { title, visibility } = CollectionPatch.parse(body);
      const changes = { ...(title !== undefined && { title }), ...(visibility && { visibility }) };
      state.collections = state.collections.map((each) => (each.id === id ? { ...each, ...changes } : each));
      const found = find(id);
      return found ? ok(viewOf(found)) : refused('not-found');
    },
    deleteCollection: ({ id, query }) => {
      const found = find(id);
      if (!found) return refused('not-found');
      state.collections = state.collections.filter((each) => each !== found);
      if (query.get('items') !== 'trash') return ok({ trashed: 0 });
      const taken = state.media.filter((item) => found.mediaIds.includes(item.id));
      state.media = state.media.filter((item) => !taken.includes(item));
      state.trash = [...taken.map((item) => ({ ...item, deletedAt: new Date().toISOString() })), ...state.trash];
      return ok({ trashed: taken.length });
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}
