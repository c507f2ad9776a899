import { MediaPatch, type EndpointName, type Media } from '@linkcast/contracts';
import { ok, refused, type Reply, type Route } from './canned-reply.ts';

interface TrashState {
  /** The library. */
  media: Media[];
  /** The latest deletion first. */
  trash: Media[];
}

/** Creates the routes of the canned API that change items, and those of the trash. */
export function createCannedTrash(state: TrashState) {
  const take = (id: string): Media | undefined => {
    const item = state.trash.find((candidate) => candidate.id === id);
    state.trash = state.trash.filter((other) => other !== item);
    return item;
  };
  const replyOf = (item: Media | undefined): Reply => (item ? ok(item) : refused('not-found'));

  return {
    patchMedia: ({ id, body }) => {
      const { title, visibility, isKept } = MediaPatch.parse(body);
      const changes = {
        ...(title !== undefined && { title }),
        ...(visibility && { visibility }),
        ...(isKept !== undefined && { isKept }),
      };
      state.media = state.media.map((item) => (item.id === id ? { ...item, ...changes } : item));
      return replyOf(state.media.find((item) => item.id === id));
    },
    deleteMedia: ({ id }) => {
      const item = state.media.find((candidate) => candidate.id === id);
      if (item) state.trash = [{ ...item, deletedAt: new Date().toISOString() }, ...state.trash];
      state.media = state.media.filter((other) => other !== item);
      return { status: 204 };
    },
    listTrash: () => ok({ media: state.trash, nextCursor: null }),
    restoreMedia: ({ id }) => {
      const item = take(id);
      if (!item) return refused('not-found');
      const restored = { ...item, deletedAt: null };
      state.media = [restored, ...state.media];
      return ok(restored);
    },
    purgeMedia: ({ id }) => (take(id) ? { status: 204 } : refused('not-found')),
    emptyTrash: () => {
      const { length } = state.trash;
      state.trash = [];
      return ok({ deleted: length });
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}
