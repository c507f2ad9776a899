import { endpoints, type Media } from '@linkcast/contracts';
import type { Library } from '../library/library.ts';
import type { EndpointBinder } from './endpoint-binder.ts';

export function bindMediaRoutes(bind: EndpointBinder, library: Library): void {
  bind.answer(endpoints.listMedia, ({ query }) => library.list(query));
  bind.answer(endpoints.getMedia, ({ id, identity }) => {
    const media = library.get(id);
    return identity.role === 'guest' ? guestView(media) : media;
  });
  bind.answer(endpoints.patchMedia, ({ id, body }) => library.rename(id, body.title));
  bind.answer(endpoints.deleteMedia, async ({ id }) => {
    await library.delete(id);
    return undefined;
  });
}

/** Where it came from was not shared: the source's address may be private, or open more than this. */
function guestView(media: Media): Media {
  return { ...media, sourceUrl: '', jobId: null };
}
