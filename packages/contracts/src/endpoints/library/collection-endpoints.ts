import {
  CollectionDeleted,
  CollectionDeletion,
  Collection,
  CollectionList,
  CollectionPage,
  CollectionPatch,
  CollectionQuery,
} from '../../library/collection.ts';
import type { Endpoint } from '../endpoint.ts';
import { itemParams } from '../path-parameters.ts';

/** The collections of the library. One without an item that the caller sees does not exist for them. */
export const collectionEndpoints = {
  listCollections: {
    method: 'get',
    path: '/api/collections',
    right: 'watch',
    summary: 'The collections, the latest first',
    query: CollectionQuery,
    success: 200,
    answer: CollectionList,
    problems: [],
  },
  getCollection: {
    method: 'get',
    path: '/api/collections/:id',
    right: 'watch',
    summary: 'One collection, with a page of its items in the order of the source',
    params: itemParams,
    query: CollectionQuery,
    success: 200,
    answer: CollectionPage,
    problems: ['not-found'],
  },
  patchCollection: {
    method: 'patch',
    path: '/api/collections/:id',
    right: 'add',
    summary: 'Change the title or the visibility of a collection',
    params: itemParams,
    body: CollectionPatch,
    success: 200,
    answer: Collection,
    problems: ['not-found', 'forbidden'],
  },
  deleteCollection: {
    method: 'delete',
    path: '/api/collections/:id',
    right: 'add',
    summary: 'Delete a collection; its items stay in the library unless `items=trash` is given',
    params: itemParams,
    query: CollectionDeletion,
    success: 200,
    answer: CollectionDeleted,
    problems: ['not-found', 'forbidden', 'media-missing'],
  },
} as const satisfies Record<string, Endpoint>;
