import { endpoints } from '@linkcast/contracts';
import type { Library } from '../library/library.ts';
import type { EndpointBinder } from './endpoint-binder.ts';

export function bindMediaRoutes(bind: EndpointBinder, library: Library): void {
  bind.answer(endpoints.listMedia, ({ query }) => library.list(query));
  bind.answer(endpoints.getMedia, ({ id }) => library.get(id));
  bind.answer(endpoints.patchMedia, ({ id, body }) => library.rename(id, body.title));
  bind.answer(endpoints.deleteMedia, async ({ id }) => {
    await library.delete(id);
    return undefined;
  });
}
