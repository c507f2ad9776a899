import { endpoints } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { AccessControl } from '../../access/access-control.ts';
import type { EndpointBinder } from '../endpoints/endpoint-binder.ts';

/** Binds the endpoints by which the bot reports its members. */
export function bindMembershipRoutes(
  bind: EndpointBinder,
  { membership, sessions }: AccessControl,
  logger: Logger,
): void {
  bind.answer(endpoints.setMembership, async ({ body }) => {
    const ended = await membership.replace(body);
    logger.info({ members: body.members.length, ended }, 'membership updated');
    return undefined;
  });
  bind.answer(endpoints.signOutMember, async ({ body }) => ({ ended: await sessions.endOf(body.telegramId) }));
}
