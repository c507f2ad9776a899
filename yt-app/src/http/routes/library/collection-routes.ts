import { endpoints, isPermitted, ownershipOf, type Collection } from '@linkcast/contracts';
import { rightsOfCaller } from '../../../access/authorize.ts';
import { personOf, viewerOf, type Identity } from '../../../access/identity.ts';
import { requirePermission } from '../../../access/ownership.ts';
import type { Collections } from '../../../library/collections.ts';
import type { Positions } from '../../../positions/positions.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { createMediaViews } from './media-routes.ts';

/** Binds the endpoints of collections. */
export function bindCollectionRoutes(
  bind: EndpointBinder,
  collections: Collections,
  positions: Pick<Positions, 'ofItems'>,
): void {
  const viewFor = createMediaViews(positions);

  bind.answer(endpoints.listCollections, async ({ query, identity }) => {
    const page = await collections.list(query, viewerOf(identity));
    return { ...page, collections: page.collections.map((each) => collectionViewFor(identity, each)) };
  });
  bind.answer(endpoints.getCollection, async ({ params, query, identity }) => {
    const collection = await collections.get(params.id, viewerOf(identity));
    const { items, nextCursor } = await collections.listItems(params.id, query, viewerOf(identity));
    const show = await viewFor(
      identity,
      items.map(({ media }) => media),
    );
    return {
      collection: collectionViewFor(identity, collection),
      items: items.map(({ position, media }) => ({ position, media: show(media) })),
      nextCursor,
    };
  });
  bind.answer(endpoints.patchCollection, async ({ params, body, identity }) => {
    const { personId } = await collections.get(params.id, viewerOf(identity));
    requirePermission('change-collection', identity, personId);
    await collections.change(params.id, body);
    return collections.get(params.id, viewerOf(identity));
  });
  bind.answer(endpoints.deleteCollection, async ({ params, query, identity }) => {
    const { personId } = await collections.get(params.id, viewerOf(identity));
    requirePermission('delete-collection', identity, personId);
    const mayTrash = (item: { readonly personId: string | null }): boolean =>
      query.items === 'trash' && mayDelete(identity, item.personId);
    return { trashed: await collections.remove(params.id, mayTrash) };
  });
}

function mayDelete(identity: Identity, personId: string | null): boolean {
  const person = personOf(identity);
  return person !== undefined && isPermitted('delete-item', ownershipOf(personId, person.id), person.role);
}

/** A collection as the caller may see it: people are for callers who may add. */
function collectionViewFor(identity: Identity, collection: Collection): Collection {
  return rightsOfCaller(identity).includes('add') ? collection : { ...collection, personId: null };
}
