import { endpoints } from '@linkcast/contracts';
import { itemView } from '../../../library/items/item-view.ts';
import type { Positions } from '../../../positions/positions.ts';
import { positionView } from '../../../positions/position-view.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { mediaViewFor } from './media-routes.ts';
import type { ItemUses } from '../../../retention/item-uses.ts';
import { callerPerson } from '../people-routes.ts';

/** Binds the endpoints of the caller's own playback positions. */
export function bindPositionRoutes(
  bind: EndpointBinder,
  positions: Pick<Positions, 'report' | 'list'>,
  uses: Pick<ItemUses, 'note'>,
): void {
  bind.answer(endpoints.reportPositions, async ({ body, identity }) => {
    for (const { mediaId, agedMs } of body.positions) uses.note(mediaId, agedMs);
    await positions.report(callerPerson(identity), body.positions);
    return undefined;
  });
  bind.answer(endpoints.listPositions, async ({ query, identity }) => {
    const { entries, nextCursor } = await positions.list(callerPerson(identity), query);
    return {
      positions: entries.map(({ position, item }) => ({
        ...positionView(position),
        media: mediaViewFor(identity, itemView(item)),
      })),
      nextCursor,
    };
  });
}
