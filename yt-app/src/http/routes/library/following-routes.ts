import { endpoints, isPermitted, ownershipOf, Problem } from '@linkcast/contracts';
import { callerId, type Identity } from '../../../access/identity.ts';
import { requirePermission } from '../../../access/ownership.ts';
import type { FollowedRecord } from '../../../following/followed-table.ts';
import { followedView } from '../../../following/followed-view.ts';
import type { Following } from '../../../following/following.ts';
import type { EndpointBinder } from '../../endpoints/endpoint-binder.ts';
import { callerPerson } from '../people-routes.ts';

/** Binds the endpoints of followed lists. */
export function bindFollowingRoutes(
  bind: EndpointBinder,
  following: Pick<Following, 'list' | 'get' | 'follow' | 'change' | 'stopFollowing' | 'checkNow'>,
): void {
  /** @throws {Problem} not-found, forbidden. */
  const requireOwn = async (id: string, identity: Identity): Promise<FollowedRecord> => {
    const list = await following.get(id);
    requirePermission('change-following', identity, list.personId);
    return list;
  };

  bind.answer(endpoints.listFollowing, async ({ query, identity, negotiateLanguage }) => {
    const { id, role } = callerPerson(identity);
    const isAll = query.of === 'everyone';
    if (isAll && !isPermitted('change-following', ownershipOf(null, id), role)) throw new Problem('forbidden');
    const lists = await following.list(isAll ? undefined : id);
    const language = negotiateLanguage();
    return { following: lists.map((list) => followedView(list, language)) };
  });
  bind.answer(endpoints.follow, async ({ body, identity, signal, response, negotiateLanguage }) => {
    const { id: personId, preferences } = callerPerson(identity);
    const follower = { personId, caller: callerId(identity), visibility: preferences?.visibility ?? null, signal };
    const list = await following.follow(body, follower);
    response.location(endpoints.patchFollowed.path.replace(':id', list.id));
    return followedView(list, negotiateLanguage());
  });
  bind.answer(endpoints.patchFollowed, async ({ params, body, identity, negotiateLanguage }) => {
    await requireOwn(params.id, identity);
    return followedView(await following.change(params.id, body), negotiateLanguage());
  });
  bind.answer(endpoints.unfollow, async ({ params, identity }) => {
    await requireOwn(params.id, identity);
    await following.stopFollowing(params.id);
    return undefined;
  });
  bind.answer(endpoints.checkFollowed, async ({ params, identity, negotiateLanguage }) => {
    await requireOwn(params.id, identity);
    return followedView(await following.checkNow(params.id), negotiateLanguage());
  });
}
