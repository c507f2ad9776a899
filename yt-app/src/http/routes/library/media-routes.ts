import { endpoints, type Media, type MediaWithPosition } from '@linkcast/contracts';
import { rightsOfCaller } from '../../../access/authorize.ts';
import { personOf, viewerOf, type Identity } from '../../../access/identity.ts';
import { requirePermission } from '../../../access/ownership.ts';
import type { Library } from '../../../library/library.ts';
import type { Positions } from '../../../positions/positions.ts';
import { positionView } from '../../../positions/position-view.ts';
import type { ItemUses } from '../../../retention/item-uses.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';

export interface MediaRoutesOptions {
  readonly library: Library;
  readonly positions: Pick<Positions, 'ofItems'>;
  readonly uses: Pick<ItemUses, 'note'>;
}

/** Binds the endpoints of the library. */
export function bindMediaRoutes(bind: EndpointBinder, { library, positions, uses }: MediaRoutesOptions): void {
  const viewFor = createMediaViews(positions);

  bind.answer(endpoints.listMedia, async ({ query, identity }) => {
    const { media, nextCursor } = await library.list(query, viewerOf(identity));
    return { media: media.map(await viewFor(identity, media)), nextCursor };
  });
  bind.answer(endpoints.getMedia, async ({ params, identity }) => {
    uses.note(params.id); // before the read: no retention rule takes it from then on
    const item = await library.get(params.id, viewerOf(identity));
    return (await viewFor(identity, [item]))(item);
  });
  bind.answer(endpoints.patchMedia, async ({ params, body, identity }) => {
    const { personId } = await library.get(params.id, viewerOf(identity));
    if (body.title !== undefined) requirePermission('rename-item', identity, personId);
    if (body.isKept !== undefined) requirePermission('keep-item', identity, personId);
    if (body.visibility !== undefined) requirePermission('change-visibility', identity, personId);
    return library.change(params.id, body);
  });
  bind.answer(endpoints.deleteMedia, async ({ params, identity }) => {
    const { personId } = await library.get(params.id, viewerOf(identity));
    requirePermission('delete-item', identity, personId);
    await library.trash.add(params.id);
    return undefined;
  });
}

/** Makes the function that shows items to a caller, with their position in each: one query for all of them. */
export function createMediaViews(positions: Pick<Positions, 'ofItems'>) {
  return async (identity: Identity, media: readonly Media[]): Promise<(item: Media) => MediaWithPosition> => {
    const person = personOf(identity);
    const ids = media.map(({ id }) => id);
    const found = person ? await positions.ofItems(person.id, ids) : undefined;
    return (item) => {
      const position = found?.get(item.id);
      return { ...mediaViewFor(identity, item), position: position ? positionView(position) : null };
    };
  };
}

/**
 * An item as the caller may see it. Its source and its job are for callers who may add: the source's URL may be private,
 * or open more than what was shared.
 */
export function mediaViewFor(identity: Identity, media: Media): Media {
  return rightsOfCaller(identity).includes('add') ? media : { ...media, sourceUrl: null, jobId: null, personId: null };
}
