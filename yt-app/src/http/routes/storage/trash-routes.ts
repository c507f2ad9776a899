import { endpoints } from '@linkcast/contracts';
import { viewerOf } from '../../../access/identity.ts';
import { requirePermission } from '../../../access/ownership.ts';
import type { Trash } from '../../../library/trash/trash.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';

/** Binds the endpoints of the trash. */
export function bindTrashRoutes(bind: EndpointBinder, trash: Trash): void {
  bind.answer(endpoints.listTrash, ({ query, identity }) => trash.list(query, viewerOf(identity)));
  bind.answer(endpoints.restoreMedia, async ({ params, identity }) => {
    const { personId } = await trash.get(params.id, viewerOf(identity));
    requirePermission('restore-item', identity, personId);
    return trash.restore(params.id);
  });
  bind.answer(endpoints.purgeMedia, async ({ params, identity }) => {
    const { personId } = await trash.get(params.id, viewerOf(identity));
    requirePermission('delete-item', identity, personId);
    await trash.purge(params.id);
    return undefined;
  });
  bind.answer(endpoints.emptyTrash, async ({ identity }) => ({ deleted: await trash.empty(viewerOf(identity)) }));
}
