import { endpoints, type Media } from '@linkcast/contracts';
import { rightsOfCaller } from '../../access/authorize.ts';
import type { Identity } from '../../access/identity.ts';
import { requirePermission } from '../../access/ownership.ts';
import type { Library } from '../../library/library.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints of the library. */
export function bindMediaRoutes(bind: EndpointBinder, library: Library): void {
  bind.answer(endpoints.listMedia, async ({ query, identity }) => {
    const { media, nextCursor } = await library.list(query);
    return { media: media.map((item) => viewFor(identity, item)), nextCursor };
  });
  bind.answer(endpoints.getMedia, async ({ params, identity }) => viewFor(identity, await library.get(params.id)));
  bind.answer(endpoints.patchMedia, async ({ params, body, identity }) => {
    requirePermission('rename-item', identity, (await library.get(params.id)).personId);
    return library.rename(params.id, body.title);
  });
  bind.answer(endpoints.deleteMedia, async ({ params, identity }) => {
    requirePermission('delete-item', identity, (await library.get(params.id)).personId);
    await library.delete(params.id);
    return undefined;
  });
}

/**
 * An item as the caller may see it. Its source and its job are for callers who may add: the source's URL may be private,
 * or open more than what was shared.
 */
function viewFor(identity: Identity, media: Media): Media {
  return rightsOfCaller(identity).includes('add') ? media : { ...media, sourceUrl: null, jobId: null, personId: null };
}
