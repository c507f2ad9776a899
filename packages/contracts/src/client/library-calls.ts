import type { ItemFetchRequest } from '../jobs/job-request.ts';
import type { MediaQuery } from '../jobs/job.ts';
import type { CollectionDeletion, CollectionPatch, CollectionQuery } from '../library/collection.ts';
import type { MediaPatch } from '../library/media.ts';
import type { RetentionAnswer, RetentionRuleChange } from '../storage/retention.ts';
import type { CallEndpoint } from './transport.ts';

/** The calls about the library: items, collections, the trash, and the space that they take. */
export function createLibraryCalls(call: CallEndpoint) {
  return {
    listMedia: (query: Partial<MediaQuery> = {}) => call('listMedia', { query }),
    listCollections: (query: Partial<CollectionQuery> = {}) => call('listCollections', { query }),
    getCollection: (id: string, query: Partial<CollectionQuery> = {}) => call('getCollection', { id, query }),
    patchCollection: (id: string, patch: CollectionPatch) => call('patchCollection', { id, body: patch }),
    deleteCollection: (id: string, items: CollectionDeletion['items'] = 'keep') =>
      call('deleteCollection', { id, query: { items } }),
    getMedia: (id: string) => call('getMedia', { id }),
    patchMedia: (id: string, patch: MediaPatch) => call('patchMedia', { id, body: patch }),
    makeAudio: (id: string) => call('makeAudio', { id }),
    fetchMedia: (id: string, request: ItemFetchRequest = {}) => call('fetchMedia', { id, body: request }),
    deleteMedia: (id: string) => call('deleteMedia', { id }),
    listTrash: (query: { limit?: number; cursor?: string } = {}) => call('listTrash', { query }),
    restoreMedia: (id: string) => call('restoreMedia', { id }),
    purgeMedia: (id: string) => call('purgeMedia', { id }),
    emptyTrash: () => call('emptyTrash', {}),
    getStorage: () => call('getStorage', {}),
    getRetention: () => call('getRetention', {}),
    patchRetention: (change: RetentionRuleChange) => call('patchRetention', { body: change }),
    answerRetention: (id: string, { answer }: RetentionAnswer) => call('answerRetention', { id, body: { answer } }),
    listRetentionQuestions: () => call('listRetentionQuestions', {}),
  };
}
